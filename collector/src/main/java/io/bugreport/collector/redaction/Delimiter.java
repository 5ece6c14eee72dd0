package io.bugreport.collector.redaction;

/// Where a value without quotes ends. Commas, semicolons, ampersands and brackets may be part of a
/// password, so they end a value only where something new begins after them.
final class Delimiter {
  /// What no value without quotes has inside.
  static final Bytes NEVER_INSIDE =
      Bytes.of("!#$%&()*+,./0-9:;=?@A-Z[]^_a-z{|}~-"); // all printable but space, quotes, \ < > `

  private static final int LONGEST_NAME = 64;

  private Delimiter() {}

  static boolean at(Window window, int at) {
    var c = window.at(at);
    return switch (c) {
      case ' ', '\t', '\r', '\n', '"', '\'', '`', '<', '>', Window.NONE -> true;
      case '\\' ->
          switch (window.at(at + 1)) {
            case 'n', 'r', 't', 'u', '"', '\'', '\\', Window.NONE -> true;
            default -> false;
          };
      case '&' -> window.startsWith(at, "&amp;") || isName(window, at + 1);
      case ',', ';' -> isEnd(window, at + 1) || isName(window, at + 1);
      case ')', ']', '}' -> isEnd(window, at + 1) || isCloser(window.at(at + 1));
      default -> c < ' ';
    };
  }

  private static boolean isEnd(Window window, int at) {
    return switch (window.at(at)) {
      case ' ', '\t', '\r', '\n', '"', '\'', '`', '\\', Window.NONE -> true;
      default -> false;
    };
  }

  private static boolean isCloser(int c) {
    return c == ',' || c == ';' || c == '.' || c == ')' || c == ']' || c == '}' || c == ':';
  }

  private static boolean isName(Window window, int from) {
    var to = window.skip(from, Bytes.NAME, LONGEST_NAME);
    to = window.skip(to, Bytes.BLANK, 2);
    var next = window.at(to);
    return to > from && (next == '=' || next == ':');
  }
}
