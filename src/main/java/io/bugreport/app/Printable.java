package io.bugreport.app;

/// Text from an archive, for a terminal.
final class Printable {
  private Printable() {}

  /// Replaces what a terminal would obey.
  static String text(String hostile) {
    return hostile.replaceAll("\\p{Cntrl}", "?");
  }
}
