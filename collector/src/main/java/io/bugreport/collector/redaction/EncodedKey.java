package io.bugreport.collector.redaction;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A private key that shows by its encoding: PEM inside of base64, or the first line of a key whose
/// PEM header is elsewhere.
final class EncodedKey implements Rule {
  private static final int LONGEST_LEAD = 64;
  private static final int SHORTEST_LINE = 40;

  @Override
  public String name() {
    return "private-key";
  }

  @Override
  public List<String> triggers() {
    return List.of(
        // "PRIVATE KEY" in base64, at each of three alignments
        "UFJJVkFURSBLRV",
        "BSSVZBVEUgS0",
        "QUklWQVRFIEtF",
        // PKCS #1, PKCS #8 for RSA, SEC 1 and PKCS #8 for elliptic curves, Ed25519
        "IBAAKCA",
        "BADANBgkqhkiG9w0BAQEFAASC",
        "MHcCAQEE",
        "MIGHAgEAMBMGByqGSM49",
        "MC4CAQAwBQYDK2Vw");
  }

  @Override
  public @Nullable Span find(Window window, int from, int to) {
    var trigger = window.text(from, to);
    if (!triggers().contains(trigger)) {
      return null; // other capitals mean other bytes
    }
    var start = window.skipBack(from, Bytes.BASE64_ANY, LONGEST_LEAD);
    if (window.at(start - 1) == '\\' && window.at(start) == 'n') {
      start++;
    }
    var end = window.skip(to, Bytes.BASE64_ANY);
    if (end - to < SHORTEST_LINE) {
      return null;
    }
    for (var line = nextLine(window, end); line > end; line = nextLine(window, end)) {
      end = line;
    }
    return new Span(
        start,
        end,
        Marker.PRIVATE_KEY,
        end == window.high() && !window.atEnd() ? Span.rest(Bytes.BASE64_ANY) : null);
  }

  /// The end of the next line if it is one of base64, or else where this one ends.
  private static int nextLine(Window window, int end) {
    var at = window.skip(end, Bytes.SPACE, 64);
    var escape = window.skip(at, Bytes.BACKSLASH, 4);
    if (escape > at && window.at(escape) == 'n') {
      at = window.skip(escape + 1, Bytes.BLANK, 64);
    }
    var to = window.skip(at, Bytes.BASE64_ANY);
    var last = window.at(to - 1) == '=' || to - at >= SHORTEST_LINE;
    return at > end && to - at >= 4 && last ? to : end;
  }
}
