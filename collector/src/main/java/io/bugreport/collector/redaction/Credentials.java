package io.bugreport.collector.redaction;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What follows an HTTP authentication scheme: `Bearer …`, `Basic …`.
final class Credentials implements Rule {
  private static final Pattern SCHEME =
      Pattern.compile("(?i)(bearer|basic|token|negotiate|apikey|splunk)\\s+");
  private static final int SHORTEST = 8;

  /// How long the scheme at a value's start is, with the space after it.
  static int schemeLength(String text) {
    var matcher = SCHEME.matcher(text);
    return matcher.lookingAt()
        ? matcher.end()
        : text.matches("(?i)bearer|basic") ? text.length() : 0;
  }

  @Override
  public String name() {
    return "authorization";
  }

  @Override
  public List<String> triggers() {
    return List.of("bearer ", "basic ", "bearer%20", "basic%20", "negotiate ");
  }

  @Override
  public @Nullable Span find(Window window, int from, int to) {
    if (Bytes.WORD.has(window.at(from - 1)) && !isEscaped(window, from)) {
      return null;
    }
    var start = window.skip(to, Bytes.BLANK, 8);
    var end = window.skip(start, Bytes.TOKEN68);
    var text = window.text(start, end);
    if (end - start < SHORTEST || !isCredential(text)) {
      return null;
    }
    var jwt = Jwt.markerOf(text);
    return Span.run(window, start, end, Bytes.TOKEN68, jwt == null ? Marker.PLAIN : jwt);
  }

  private static boolean isEscaped(Window window, int from) {
    return window.at(from - 2) == '\\' || window.at(from - 3) == '%';
  }

  /// Words of a sentence have no digits, capitals inside, or padding.
  private static boolean isCredential(String text) {
    var plain = text.replaceFirst("[.,]+$", "");
    if (plain.matches("[A-Za-z]?[a-z]*([-/][A-Za-z]?[a-z]+)*")) {
      return plain.length() >= 24 && plain.indexOf('-') < 0 && plain.indexOf('/') < 0;
    }
    return !plain.matches("[a-z_]+=?|[A-Z]+");
  }
}
