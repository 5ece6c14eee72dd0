package io.bugreport.collector.redaction;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A value whose name tells that it is secret, in any of the shapes that a name and its value take:
/// `name: value`, `name=value`, `"name": "value"` escaped or not, an entry of two fields such as
/// `{"name": "DB_PASSWORD", "value": "…"}`, an argument and the one after it.
final class NamedValue implements Rule {
  private static final int LONGEST_NAME = 128;

  private final Secrecy kind;
  private final List<String> triggers;

  NamedValue(Secrecy kind, String... triggers) {
    this.kind = kind;
    this.triggers = List.of(triggers);
  }

  @Override
  public String name() {
    return kind.word();
  }

  @Override
  public List<String> triggers() {
    return triggers;
  }

  @Override
  public @Nullable Span find(Window window, int from, int to) {
    var nameTo = window.skip(to, Bytes.NAME, LONGEST_NAME);
    if (!canFollowName(window.at(nameTo))) {
      return null;
    }
    var nameFrom = nameStart(window, from);
    var name = window.text(nameFrom, nameTo);
    if (Secrecy.of(name) != kind) {
      return TellingGroup.isPlural(name, kind)
          ? TellingGroup.find(window, nameFrom, nameTo, kind, true)
          : null;
    }
    var value = Value.after(window, nameFrom, nameTo);
    if (value == null) {
      value = Pair.valueOf(window, nameFrom, nameTo);
    }
    if (value == null) {
      value = inTuple(window, nameTo);
    }
    if (value == null && name.startsWith("-")) {
      value = Argument.after(window, nameTo);
    }
    return value == null
        ? TellingGroup.find(window, nameFrom, nameTo, kind, TellingGroup.isPlural(name, kind))
        : judge(window, name, value);
  }

  /// Where the name that contains a trigger starts. The `n` of an escaped line break is none of it.
  private static int nameStart(Window window, int from) {
    var start = window.skipBack(from, Bytes.NAME, LONGEST_NAME);
    while (start < from && window.at(start) == '.') {
      start++;
    }
    if (window.at(start - 1) != '\\') {
      return start;
    }
    if (window.startsWith(start, "u00") && start + 5 <= from) {
      return start + 5;
    }
    return start < from && isEscape(window.at(start)) ? start + 1 : start;
  }

  /// As Envoy logs headers: `'cookie', '…'`.
  private static @Nullable Value inTuple(Window window, int nameTo) {
    if (!window.startsWith(nameTo, "', '")) {
      return null;
    }
    var value = Value.quoted(window, nameTo + 3, 1);
    return value == null ? null : new Value(value.from(), value.to(), "", true, value.rest());
  }

  private static boolean isEscape(int c) {
    return c == 'n' || c == 't' || c == 'r';
  }

  private static boolean canFollowName(int c) {
    return switch (c) {
      case '"', '\'', '\\', ':', '=', ' ', '\t', '\r', '\n', '>', '%' -> true;
      default -> false;
    };
  }

  private @Nullable Span judge(Window window, String name, Value value) {
    if (value.rest() != null) {
      return value.redacted(Marker.PLAIN);
    }
    var text = value.text(window);
    if (isHarmless(text.trim(), name, value.loose())) {
      return null;
    }
    var jwt = Jwt.markerOf(text);
    if (jwt != null) {
      return value.redacted(jwt);
    }
    return switch (kind) {
      case AUTHORIZATION -> authorization(value, text);
      case COOKIE ->
          value.loose() && window.at(value.from() - 1) != '\''
              ? toLineEnd(window, value)
              : value.redacted(Marker.PLAIN);
      default -> value.redacted(Marker.PLAIN);
    };
  }

  private boolean isHarmless(String text, String name, boolean loose) {
    if (Harmless.is(text, kind, name)) {
      return true;
    }
    return loose && (Harmless.isPlainWord(text) || Harmless.isProse(text));
  }

  /// Keeps the scheme, which tells what the client tried.
  private static @Nullable Span authorization(Value value, String text) {
    var scheme = Credentials.schemeLength(text);
    if (scheme == 0) {
      return value.redacted(Marker.PLAIN);
    }
    var credential = text.substring(scheme).trim();
    if (credential.isEmpty()) {
      return null; // the rule for credentials after a scheme takes it from here
    }
    if (Marker.is(credential) || Harmless.is(credential, Secrecy.TOKEN, "")) {
      return null;
    }
    var jwt = Jwt.markerOf(credential);
    return value.redacted(text.substring(0, scheme) + (jwt == null ? Marker.PLAIN : jwt));
  }

  /// Cookies are divided by a semicolon and a space, so running text does not show their end.
  private static Span toLineEnd(Window window, Value value) {
    var to = window.skip(value.to(), NOT_LINE_END);
    return new Span(
        value.from(),
        to,
        value.quote() + Marker.PLAIN + value.quote(),
        to == window.high() && !window.atEnd() ? Span.rest(NOT_LINE_END) : null);
  }

  private static final Bytes NOT_LINE_END = Bytes.allBut("\r\n\"'\\");
}
