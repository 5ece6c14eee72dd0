package io.bugreport.collector.redaction;

import org.jspecify.annotations.Nullable;

/// A line that begins with a name, as in YAML: by itself or inside of a string, where a backslash
/// and an `n` break lines.
///
/// @param indent how many columns the name is indented, dashes of list items included
/// @param escape how many backslashes stand before the `n` that breaks lines; 0 for real line
///   breaks
record Line(int indent, int escape, boolean inString) {
  private static final int DEEPEST = 256;

  /// The line that a name begins, or null where something stands before it.
  static @Nullable Line of(Window window, int nameFrom) {
    var before = window.at(nameFrom - 1);
    if (Bytes.WORD.has(before) && window.at(nameFrom - 2) != '\\') {
      return null;
    }
    if (before == '"') {
      return atStringStart(window, nameFrom - 1);
    }
    var start = nameFrom;
    while (start > window.low() && nameFrom - start < DEEPEST && isMargin(window, start - 1)) {
      start--;
    }
    var kind = isStart(window, start);
    return kind == null ? null : new Line(nameFrom - start, kind.escape, kind.inString);
  }

  /// "config":"password: x\n…" has its first line right after the quote.
  private static @Nullable Line atStringStart(Window window, int quoteAt) {
    var from = window.skipBack(quoteAt, Bytes.BACKSLASH, 16);
    var before = window.at(window.skipBack(from, Bytes.SPACE, 64) - 1);
    return before == ':' || before == ',' || before == '[' || before == '='
        ? new Line(0, quoteAt - from + 1, true)
        : null;
  }

  private static boolean isMargin(Window window, int at) {
    var c = window.at(at);
    return c == ' ' || c == '\t' || (c == '-' && window.at(at + 1) == ' ');
  }

  private static @Nullable Line isStart(Window window, int start) {
    var before = window.at(start - 1);
    if (before == '\n' || before == Window.NONE) {
      return new Line(0, 0, false);
    }
    if (before == 'n' && window.at(start - 2) == '\\') {
      var escape = start - 1 - window.skipBack(start - 1, Bytes.BACKSLASH, 16);
      return new Line(0, escape, true);
    }
    return null;
  }

  /// Whether a line break is at a position, or the end of the string that the line is in.
  boolean isBreak(byte[] bytes, int at, int known) {
    if (at >= known) {
      return true;
    }
    if (bytes[at] == '\n' || (bytes[at] == '\r' && at + 1 < known && bytes[at + 1] == '\n')) {
      return true;
    }
    return inString && (isEscapedBreak(bytes, at, known) || isClosing(bytes, at, known));
  }

  private boolean isEscapedBreak(byte[] bytes, int at, int known) {
    for (var i = 0; i < escape; i++) {
      if (at + i >= known || bytes[at + i] != '\\') {
        return false;
      }
    }
    return at + escape < known && (bytes[at + escape] == 'n' || bytes[at + escape] == 'r');
  }

  /// Quotes inside of a string are escaped more often than the line breaks are, so others end it.
  private boolean isClosing(byte[] bytes, int at, int known) {
    var i = at;
    while (i < known && bytes[i] == '\\') {
      i++;
    }
    return i < known && bytes[i] == '"' && i - at < escape;
  }

  /// Goes to the end of this line.
  Span.Rest single() {
    return (bytes, from, to, known) -> {
      for (var i = from; i < to; i++) {
        if (isBreak(bytes, i, known)) {
          return i - from;
        }
      }
      return to - from;
    };
  }

  /// Goes to the end of this line and of those after it that are indented deeper.
  Span.Rest block() {
    return (bytes, from, to, known) -> {
      for (var i = from; i < to; i++) {
        if (isBreak(bytes, i, known) && !goesOn(bytes, i, known)) {
          return i - from;
        }
      }
      return to - from;
    };
  }

  /// As [#block()], with the items of a list that are indented as the name is.
  Span.Rest items() {
    return (bytes, from, to, known) -> {
      for (var i = from; i < to; i++) {
        if (isBreak(bytes, i, known) && !goesOn(bytes, i, known) && !isItem(bytes, i, known)) {
          return i - from;
        }
      }
      return to - from;
    };
  }

  private boolean isItem(byte[] bytes, int at, int known) {
    if (inString && isClosing(bytes, at, known)) {
      return false;
    }
    var i = next(bytes, at, known);
    var start = i;
    while (i < known && bytes[i] == ' ') {
      i++;
    }
    return i - start == indent && i + 1 < known && bytes[i] == '-' && bytes[i + 1] == ' ';
  }

  /// Where a line that a position lies in ends.
  int endOf(byte[] bytes, int at, int end) {
    var i = at;
    while (i < end && !isBreak(bytes, i, end)) {
      i++;
    }
    return i;
  }

  /// Where the line after it starts, or `end`.
  int next(byte[] bytes, int at, int end) {
    var i = endOf(bytes, at, end);
    if (i >= end) {
      return end;
    }
    if (bytes[i] == '\\') {
      return Math.min(end, i + escape + 1);
    }
    return Math.min(end, bytes[i] == '\r' ? i + 2 : i + 1);
  }

  private boolean goesOn(byte[] bytes, int at, int known) {
    if (inString && isClosing(bytes, at, known)) {
      return false;
    }
    var i = at;
    // blank lines belong to a block only if it goes on after them
    while (i < known && isBreak(bytes, i, known) && !(inString && isClosing(bytes, i, known))) {
      i += bytes[i] == '\n' || bytes[i] == '\r' ? 1 : escape + 1;
      var start = i;
      while (i < known && bytes[i] == ' ') {
        i++;
      }
      if (i < known && !isBreak(bytes, i, known)) {
        return i - start > indent;
      }
    }
    return false;
  }
}
