package io.bugreport.app;

/// How `analyze` writes what it found.
enum AnalyzeForm {
  /// For people, and for editors that jump to `file:line`.
  TEXT,
  /// For programs.
  JSON,
  /// The same as JSON, as YAML.
  YAML,
  /// For code hosts.
  SARIF,
  /// For build servers.
  JUNIT,
  /// For tickets and comments.
  MARKDOWN
}
