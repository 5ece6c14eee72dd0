package io.bugreport.app;

/// How a result is written to stdout.
enum OutputFormat {
  /// For people.
  TEXT,
  /// For programs.
  JSON
}
