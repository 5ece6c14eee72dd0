package io.bugreport.collector.leak;

/// A literal text that something begins with.
///
/// @param text in lower case where either case will do
/// @param anyCase whether letters of either case are the same
record Hint(String text, boolean anyCase) {

  static Hint exactly(String text) {
    return new Hint(text, false);
  }

  static Hint anyCase(String text) {
    return new Hint(text, true);
  }

  int length() {
    return text.length();
  }

  /// Whether it stands here as a whole.
  boolean isAt(byte[] bytes, int at, int end) {
    if (at < 0 || at + text.length() > end) {
      return false;
    }
    for (var i = 0; i < text.length(); i++) {
      var b = bytes[at + i];
      if (b != text.charAt(i) && !(anyCase && b >= 'A' && b <= 'Z' && b + 32 == text.charAt(i))) {
        return false;
      }
    }
    return true;
  }
}
