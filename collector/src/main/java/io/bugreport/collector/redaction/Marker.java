package io.bugreport.collector.redaction;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What stands where a secret was, and the rule that leaves markers alone: redacting what was
/// redacted before changes nothing.
final class Marker implements Rule {
  static final String PLAIN = "[redacted]";
  static final String PRIVATE_KEY = "[redacted: private key]";

  static final int LONGEST = 700;
  private static final Pattern WHOLE =
      Pattern.compile(
          "\\[redacted(: (\\d{1,12} bytes|private key|encoded text|hash [0-9a-f]{12}"
              + "|JWT( iss=["
              + Jwt.SHOWN
              + "]*)?( sub=["
              + Jwt.SHOWN
              + "]*)?( aud=["
              + Jwt.SHOWN
              + "]*)?( exp=[0-9]*)?))?]");

  private static final String START = "[redacted";

  /// For a value of so many bytes.
  static String bytes(long count) {
    return "[redacted: " + count + " bytes]";
  }

  static String base64(String marker) {
    return Base64.getEncoder().encodeToString(marker.getBytes(StandardCharsets.US_ASCII));
  }

  /// Whether a value is exactly a marker, as it is or in base64.
  static boolean is(String value) {
    if (value.length() > LONGEST) {
      return false;
    }
    if (value.startsWith(START)) {
      return WHOLE.matcher(value).matches();
    }
    if (!value.startsWith("W3JlZGFjdGVk")) {
      return false;
    }
    try {
      var decoded = new String(Base64.getDecoder().decode(value), StandardCharsets.ISO_8859_1);
      return WHOLE.matcher(decoded).matches();
    } catch (IllegalArgumentException e) {
      return false; // not base64, so not ours
    }
  }

  @Override
  public String name() {
    return "marker";
  }

  @Override
  public List<String> triggers() {
    return List.of(START);
  }

  @Override
  public @Nullable Span find(Window window, int from, int to) {
    for (var end = to; end < from + LONGEST && window.at(end) != Window.NONE; end++) {
      if (window.at(end) == ']') {
        return is(window.text(from, end + 1)) ? Span.keep(from, end + 1) : null;
      }
    }
    return null;
  }
}
