package io.bugreport.collector.redaction;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A name and a value that are two fields of one object: an environment variable, a header, a Helm
/// parameter. The value comes next to the name, after it or before it.
final class Pair {
  private static final Set<String> NAME_FIELDS =
      Set.of("name", "key", "header", "header_name", "headerName", "field", "Name", "Key");
  private static final Set<String> VALUE_FIELDS =
      Set.of(
          "value",
          "Value",
          "string_value",
          "stringValue",
          "raw_value",
          "rawValue",
          "exact",
          "exact_match",
          "exactMatch",
          "default",
          "defaultValue",
          "string_match",
          "stringMatch");

  private static final int LONGEST_FIELD = 20;
  private static final int LONGEST_GAP = 256;
  private static final Bytes GAP = Bytes.of(" \t\r\n,");

  private Pair() {}

  static @Nullable Value valueOf(Window window, int nameFrom, int nameTo) {
    var quote = Value.quoteLength(window, nameTo);
    var open = window.skipBack(nameFrom - (quote > 0 ? 1 : 0), Bytes.BACKSLASH, 16);
    var at = window.skipBack(open, Bytes.BLANK, 64);
    if (window.at(at - 1) != ':' && window.at(at - 1) != '=') {
      return null;
    }
    var fieldTo = quoteBefore(window, at - 1);
    var fieldFrom = window.skipBack(fieldTo, Bytes.WORD, LONGEST_FIELD);
    fieldFrom = withoutEscape(window, fieldFrom);
    if (!NAME_FIELDS.contains(window.text(fieldFrom, fieldTo))) {
      return null;
    }
    var after = valueField(window, nameTo + quote);
    return after != null ? after : before(window, quoteBefore(window, fieldFrom));
  }

  /// The end of a name that a quote may follow.
  private static int quoteBefore(Window window, int to) {
    var c = window.at(to - 1);
    return c == '"' || c == '\'' ? window.skipBack(to - 1, Bytes.BACKSLASH, 16) : to;
  }

  private static int withoutEscape(Window window, int fieldFrom) {
    return window.at(fieldFrom - 1) == '\\' && window.at(fieldFrom) == 'n'
        ? fieldFrom + 1
        : fieldFrom;
  }

  private static @Nullable Value valueField(Window window, int from) {
    var at = gap(window, from);
    at += Value.quoteLength(window, at);
    var to = window.skip(at, Bytes.WORD, LONGEST_FIELD);
    if (to == at || !VALUE_FIELDS.contains(window.text(at, to))) {
      return null;
    }
    return Value.after(window, at, to);
  }

  /// Skips what stands between fields, escaped line breaks included.
  private static int gap(Window window, int from) {
    var at = from;
    while (at - from < LONGEST_GAP) {
      var next = window.skip(at, GAP, LONGEST_GAP);
      var escape = window.skip(next, Bytes.BACKSLASH, 16);
      if (escape > next && window.at(escape) == 'n') {
        next = escape + 1;
      }
      if (next == at) {
        break;
      }
      at = next;
    }
    return at;
  }

  /// The field before the name, if it is the value.
  private static @Nullable Value before(Window window, int nameField) {
    var least = Math.max(window.low(), nameField - 2048);
    for (var at = nameField - 5; at >= least; at--) {
      if ((window.at(at) | 0x20) != 'v') {
        continue;
      }
      if (window.startsWith(at, "value") || window.startsWith(at, "Value")) {
        var value = isField(window, at) ? Value.after(window, at, at + 5) : null;
        return value != null && value.rest() == null && isNext(window, value.to(), nameField)
            ? value
            : null;
      }
    }
    return null;
  }

  private static boolean isField(Window window, int at) {
    return !Bytes.NAME.has(window.at(at - 1)) || window.at(at - 2) == '\\';
  }

  private static boolean isNext(Window window, int valueTo, int nameField) {
    var at = gap(window, valueTo + Value.quoteLength(window, valueTo));
    return at == nameField;
  }
}
