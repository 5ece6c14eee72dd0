package io.bugreport.collector.redaction;

import org.jspecify.annotations.Nullable;

/// The value that belongs to a name, in JSON (also inside of strings, escaped any number of times),
/// YAML, `key=value` text, a query, an XML element.
///
/// @param from its first byte, after an opening quote
/// @param to after its last byte
/// @param quote what must surround a replacement to keep the document readable; empty where it has
///   its quotes or needs none
/// @param loose whether it stands in running text, where the word after a name may be just a word
/// @param rest finds its end where that lies outside of the window
record Value(int from, int to, String quote, boolean loose, Span.@Nullable Rest rest) {
  private static final int LONGEST_GAP = 64;
  private static final Bytes BLOCK_STYLE = Bytes.of("0-9+-");

  /// The value after a name, or null where none follows.
  static @Nullable Value after(Window window, int nameFrom, int nameTo) {
    var keyQuote = quoteLength(window, nameTo);
    var at = window.skip(nameTo + keyQuote, Bytes.BLANK, LONGEST_GAP);
    var separator = window.at(at);
    if (separator == '>' && window.at(nameFrom - 1) == '<' && at == nameTo) {
      return inline(window, at + 1, false, "");
    }
    at = afterSeparator(window, at);
    if (at < 0) {
      return null;
    }
    var colon = separator == ':';
    var from = window.skip(at, Bytes.BLANK, LONGEST_GAP);
    var quote = quoteLength(window, from);
    if (quote > 0) {
      return quoted(window, from, quote);
    }
    if (endsWithMarker(window, from)) {
      return null;
    }
    if (colon && (window.at(from) == '{' || window.at(from) == '[')) {
      return null;
    }
    if (keyQuote > 0 && colon && isJsonKey(window, nameFrom)) {
      return inline(window, from, false, window.text(nameTo, nameTo + keyQuote));
    }
    var line = colon && from > at ? Line.of(window, nameFrom) : null;
    if (line != null) {
      return ofLine(window, from, line);
    }
    var flow = colon && window.document() && isInFlow(window, nameFrom);
    return inline(window, from, !flow && (colon || from > at), flow ? "'" : "");
  }

  private static int afterSeparator(Window window, int at) {
    return switch (window.at(at)) {
      case ':' -> window.at(at + 1) == '=' ? at + 2 : at + 1;
      case '=' ->
          switch (window.at(at + 1)) {
            case '=' -> -1; // a comparison
            case '>' -> at + 2;
            default -> at + 1;
          };
      case '%' -> window.startsWith(at, "%3D") || window.startsWith(at, "%3d") ? at + 3 : -1;
      case '\\' -> window.startsWith(at, "\\u003d") ? at + 6 : -1;
      default -> -1;
    };
  }

  /// How long the quote at a position is, with the backslashes before it.
  static int quoteLength(Window window, int at) {
    var quote = window.skip(at, Bytes.BACKSLASH, 16);
    var c = window.at(quote);
    return c == '"' || c == '\'' ? quote + 1 - at : 0;
  }

  /// Whether a marker is all of a value: it was redacted before.
  private static boolean endsWithMarker(Window window, int from) {
    if (!window.startsWith(from, "[redacted")) {
      return false;
    }
    var to = window.skip(from, Bytes.allBut("]"), Marker.LONGEST) + 1;
    return to <= window.high()
        && Marker.is(window.text(from, to))
        && !Bytes.TOKEN68.has(window.at(to));
  }

  private static boolean isJsonKey(Window window, int nameFrom) {
    var before = window.at(nameFrom - 1);
    return before == '"' || before == '\'';
  }

  private static boolean isInFlow(Window window, int nameFrom) {
    var before = window.at(window.skipBack(nameFrom, Bytes.BLANK, LONGEST_GAP) - 1);
    return before == '{' || before == ',';
  }

  /// A value in quotes.
  static @Nullable Value quoted(Window window, int from, int quoteLength) {
    var start = from + quoteLength;
    switch (window.at(start)) {
      // What looked like an opening quote closes a string that ends with the name.
      case ',', '}', ']', ':', '\n', '\r', Window.NONE -> {
        return null;
      }
      default -> {}
    }
    var rest = new QuotedRest(window.at(start - 1), quoteLength - 1, window.document());
    var to = start + rest.eat(window.bytes(), start, window.high(), window.high());
    return new Value(start, to, "", false, to == window.high() && !window.atEnd() ? rest : null);
  }

  /// The rest of a line of YAML, with the lines that belong to it.
  private static @Nullable Value ofLine(Window window, int from, Line line) {
    var first = window.at(from);
    if (first == '|' || first == '>') {
      var end = window.skip(from + 1, BLOCK_STYLE, 3);
      end = window.skip(end, Bytes.BLANK, LONGEST_GAP);
      if (line.isBreak(window.bytes(), end, window.high())) {
        var rest = line.block();
        var to = end + rest.eat(window.bytes(), end, window.high(), window.high());
        return new Value(
            from, to, "'", false, to == window.high() && !window.atEnd() ? rest : null);
      }
    }
    if (line.isBreak(window.bytes(), from, window.high()) || window.at(from) == Window.NONE) {
      return null;
    }
    var rest = window.document() ? line.block() : line.single();
    var to = from + rest.eat(window.bytes(), from, window.high(), window.high());
    var open = to == window.high() && !window.atEnd() ? rest : null;
    if (open == null) {
      to = window.skipBack(to, Bytes.SPACE, to - from);
    }
    return new Value(from, to, window.document() ? "'" : "", !window.document(), open);
  }

  /// A value without quotes, amid other things.
  static @Nullable Value inline(Window window, int from, boolean loose, String quote) {
    var to = from;
    while (to < window.high() && !Delimiter.at(window, to)) {
      to++;
    }
    if (to == from) {
      return null;
    }
    var open = to == window.high() && !window.atEnd() ? Span.rest(Delimiter.NEVER_INSIDE) : null;
    return new Value(from, to, quote, loose, open);
  }

  String text(Window window) {
    return window.text(from, to);
  }

  Span redacted(String marker) {
    return new Span(from, to, quote + marker + quote, rest);
  }
}
