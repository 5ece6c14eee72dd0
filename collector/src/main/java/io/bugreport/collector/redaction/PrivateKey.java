package io.bugreport.collector.redaction;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A private key in PEM, its line breaks real, escaped, or interrupted by a log's own line starts.
/// Certificates and public keys stay.
final class PrivateKey implements Rule {
  private static final Pattern HEADER =
      Pattern.compile("-----BEGIN [A-Z0-9 ]{0,30}PRIVATE KEY( BLOCK)?-----");
  private static final Bytes BODY = Bytes.of("a-zA-Z0-9+/= \t\r\n\\:,._%()-");

  @Override
  public String name() {
    return "private-key";
  }

  @Override
  public List<String> triggers() {
    return List.of("-----BEGIN ");
  }

  @Override
  public @Nullable Span find(Window window, int from, int to) {
    var most = Math.min(window.high(), from + 80);
    var matcher = HEADER.matcher(window.text(from, most));
    if (!matcher.lookingAt()) {
      return null;
    }
    var body = from + matcher.end();
    var rest = new Rest();
    var end = body + rest.eat(window.bytes(), body, window.high(), window.high());
    return new Span(
        from, end, Marker.PRIVATE_KEY, end == window.high() && !window.atEnd() ? rest : null);
  }

  /// Goes to the end of the footer, or to the first byte that no key has.
  private static final class Rest implements Span.Rest {
    private static final String FOOTER = "-----END";
    private int matched;
    private int dashes;

    @Override
    public int eat(byte[] bytes, int from, int to, int known) {
      for (var i = from; i < to; i++) {
        var b = bytes[i];
        if (!BODY.has(b)) {
          return beforeLineEnd(bytes, from, i) - from;
        }
        if (matched == FOOTER.length()) {
          dashes = b == '-' ? dashes + 1 : 0;
          if (dashes == 5) {
            return i + 1 - from;
          }
        } else if (b == FOOTER.charAt(matched)) {
          matched++;
        } else if (!(b == '-' && matched == 5)) {
          matched = b == '-' ? 1 : 0;
        }
      }
      return to - from;
    }

    /// A line's end, or the backslashes before a quote, belong to what follows.
    private static int beforeLineEnd(byte[] bytes, int from, int end) {
      var i = end;
      while (i > from && (bytes[i - 1] == '\n' || bytes[i - 1] == '\r' || bytes[i - 1] == '\\')) {
        i--;
      }
      return i;
    }
  }
}
