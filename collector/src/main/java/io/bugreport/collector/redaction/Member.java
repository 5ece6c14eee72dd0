package io.bugreport.collector.redaction;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One value directly inside of an object or a list, with its name where it has one.
///
/// @param name empty for an item of a list
/// @param from its first byte, after an opening quote
/// @param to after its last byte
/// @param quote what must surround a replacement to keep the document readable
record Member(String name, int from, int to, String quote) {

  /// The values of an object or a list, and whether all of it lies in the window.
  ///
  /// @param from its bracket, or the end of the line before it
  /// @param to after its last byte, or where the window ends
  /// @param quote what surrounds strings there
  /// @param rest finds its end where that lies outside of the window
  record Group(
      List<Member> members,
      int from,
      int to,
      boolean whole,
      String quote,
      Span.@Nullable Rest rest) {

    /// All of it as one secret: for one whose end is out of sight.
    Span all() {
      var lead = rest instanceof FlowRest ? "" : " ";
      return new Span(from, to, lead + quote + Marker.PLAIN + quote, rest);
    }
  }

  private static final int DEEPEST_ESCAPE = 16;
  private static final int LONGEST_NAME = 256;

  String text(Window window) {
    return window.text(from, to);
  }

  Span redacted(String marker) {
    return Span.of(from, to, quote + marker + quote);
  }

  /// The object or list after a name and its colon, or null where there is none.
  static @Nullable Group after(Window window, int nameFrom, int nameTo) {
    var at = nameTo + Value.quoteLength(window, nameTo);
    at = window.skip(at, Bytes.BLANK, 64);
    if (window.at(at) != ':') {
      return null;
    }
    at = flowStart(window, at + 1);
    if (window.at(at) == '{' || window.at(at) == '[') {
      return flow(window, at);
    }
    var line = Line.of(window, nameFrom);
    return line != null
            && window.at(at) != Window.NONE
            && line.isBreak(window.bytes(), at, window.high())
        ? block(window, at, line)
        : null;
  }

  /// Spaces, and line breaks where an object follows them.
  private static int flowStart(Window window, int from) {
    var blank = window.skip(from, Bytes.BLANK, 64);
    var space = window.skip(from, Bytes.SPACE, 64);
    return window.at(space) == '{' || window.at(space) == '[' ? space : blank;
  }

  /// As in JSON, escaped or not.
  private static Group flow(Window window, int open) {
    var members = new ArrayList<Member>();
    var depth = 1;
    var name = "";
    var at = open + 1;
    while (at < window.high()) {
      var quote = Value.quoteLength(window, at);
      if (quote > 0) {
        var rest = new QuotedRest(window.at(at + quote - 1), quote - 1, false);
        var from = at + quote;
        var to = from + rest.eat(window.bytes(), from, window.high(), window.high());
        if (to == window.high()) {
          break;
        }
        at = to + Value.quoteLength(window, to);
        if (at == to) {
          return new Group(members, open, to, true, "", null); // not closed: no object after all
        }
        var next = window.skip(at, Bytes.SPACE, 64);
        if (window.at(next) == ':') {
          name = window.text(from, Math.min(to, from + LONGEST_NAME));
          at = next + 1;
        } else if (depth == 1) {
          members.add(new Member(name, from, to, ""));
          name = "";
        }
        continue;
      }
      switch (window.at(at)) {
        case '{', '[' -> depth++;
        case '}', ']' -> depth--;
        case ',' -> name = depth == 1 ? "" : name;
        case '\\' -> at = window.skip(at, Bytes.BACKSLASH, DEEPEST_ESCAPE); // a line break's
        default -> {
          var to = plainEnd(window, at);
          if (to > at) {
            if (window.at(to) == ':') {
              name = window.text(at, to);
              to++;
            } else if (depth == 1) {
              members.add(new Member(name, at, to, quoteOf(window, open)));
            }
            at = to - 1;
          }
        }
      }
      at++;
      if (depth == 0) {
        return new Group(members, open, at, true, "", null);
      }
    }
    if (window.atEnd()) {
      return new Group(members, open, window.high(), true, "", null);
    }
    var rest = new FlowRest();
    var to = open + rest.eat(window.bytes(), open, window.high(), window.high());
    return new Group(members, open, to, false, quoteOf(window, open), rest);
  }

  private static String quoteOf(Window window, int open) {
    for (var i = open + 1; i < Math.min(window.high(), open + LONGEST_NAME); i++) {
      var quote = Value.quoteLength(window, i);
      if (quote > 0) {
        return window.text(i, i + quote);
      }
    }
    return "'";
  }

  private static int plainEnd(Window window, int from) {
    var to = from;
    while (PLAIN.has(window.at(to))
        && !(window.at(to) == ':' && Bytes.SPACE.has(window.at(to + 1)))) {
      to++;
    }
    return to;
  }

  private static final Bytes PLAIN = Bytes.of("!#$%&()*+./0-9:;=?@A-Z^_a-z|~-");

  /// As in block YAML, by itself or inside of a string.
  private static @Nullable Group block(Window window, int lineEnd, Line line) {
    var rest = line.items();
    var end = lineEnd + rest.eat(window.bytes(), lineEnd, window.high(), window.high());
    if (end == lineEnd) {
      return null;
    }
    var whole = end < window.high() || window.atEnd();
    var members = new ArrayList<Member>();
    var column = -1;
    var at = line.next(window.bytes(), lineEnd, end);
    while (at < end) {
      var from = window.skip(at, MARGIN);
      var next = line.next(window.bytes(), from, end);
      if (column < 0) {
        column = from - at;
      }
      if (from - at <= column && from < next) {
        var to = line.endOf(window.bytes(), from, end);
        var valueEnd = deeper(window, line, next, end, column, to);
        add(window, members, from, to, valueEnd);
      }
      at = next;
    }
    return new Group(members, lineEnd, end, whole, "'", whole ? null : rest);
  }

  private static final Bytes MARGIN = Bytes.of(" -");

  /// Where a value ends whose further lines are indented deeper.
  private static int deeper(Window window, Line line, int from, int end, int column, int last) {
    var valueEnd = last;
    var at = from;
    while (at < end && window.skip(at, Bytes.BLANK) - at > column) {
      valueEnd = line.endOf(window.bytes(), at, end);
      at = line.next(window.bytes(), at, end);
    }
    return valueEnd;
  }

  private static void add(
      Window window, List<Member> members, int from, int lineEnd, int valueEnd) {
    var quote = Value.quoteLength(window, from);
    var nameTo = window.skip(from + quote, Bytes.NAME_OR_PATH, LONGEST_NAME);
    var colon = nameTo + (quote > 0 ? Value.quoteLength(window, nameTo) : 0);
    var name = "";
    var start = from;
    if (window.at(colon) == ':' && colon < lineEnd && isGap(window, colon + 1, lineEnd)) {
      name = window.text(from + quote, nameTo);
      start = window.skip(colon + 1, Bytes.BLANK);
    }
    if (start >= lineEnd) {
      return; // an object or a list of its own
    }
    var opening = Math.min(DEEPEST_ESCAPE, Value.quoteLength(window, start));
    if (opening > 0) {
      var value = Value.quoted(window, start, opening);
      if (value != null && value.to() <= valueEnd) {
        members.add(new Member(name, value.from(), value.to(), ""));
      }
      return;
    }
    var block = window.at(start) == '|' || window.at(start) == '>';
    members.add(new Member(name, start, block ? valueEnd : Math.max(lineEnd, valueEnd), "'"));
  }

  private static boolean isGap(Window window, int at, int lineEnd) {
    return at >= lineEnd || Bytes.BLANK.has(window.at(at));
  }
}
