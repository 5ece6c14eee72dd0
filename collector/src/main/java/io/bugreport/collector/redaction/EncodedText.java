package io.bugreport.collector.redaction;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Base64 of a text that tells of a secret: a Docker configuration, a settings file. All of it
/// goes, since what is around the secret cannot be told apart without decoding it.
final class EncodedText implements Rule {
  private static final String MARKER = "[redacted: encoded text]";
  private static final List<String> TELLING =
      List.of("password", "passwd", "secret", "token", "\"auths\"", "api_key", "apikey", "private");

  /// What tokens begin with, capitals as they are.
  private static final List<String> PREFIXES =
      List.of(
          "ghp_",
          "gho_",
          "ghs_",
          "github_pat_",
          "glpat-",
          "AKIA",
          "ASIA",
          "xoxb-",
          "xoxp-",
          "sk_live_",
          "eyJhbGci",
          "eyJ0eXAi",
          "eyJraWQi",
          "Bearer ",
          "Basic ");

  private static final int LONGEST_LEAD = 2048;
  private static final int SHORTEST = 24;

  private static final List<String> TRIGGERS = encodedWords();

  private final Set<String> exact = Set.copyOf(TRIGGERS);
  private final Scan decoded;

  /// @param decoded what counts as a secret once decoded
  EncodedText(Scan decoded) {
    this.decoded = decoded;
  }

  @Override
  public String name() {
    return "encoded-text";
  }

  @Override
  public List<String> triggers() {
    return TRIGGERS;
  }

  /// Each word in base64 at each of three alignments, without the characters that depend on what
  /// stands beside it.
  private static List<String> encodedWords() {
    var forms = new ArrayList<>(PREFIXES);
    for (var word : TELLING) {
      forms.addAll(List.of(word, word.toUpperCase(Locale.ROOT), capitalized(word)));
    }
    var triggers = new ArrayList<String>();
    for (var form : forms) {
      for (var lead = 0; lead < 3; lead++) {
        var padded = "\0".repeat(lead) + form + "\0\0";
        var encoded =
            Base64.getEncoder().encodeToString(padded.getBytes(StandardCharsets.ISO_8859_1));
        var first = (8 * lead + 5) / 6;
        triggers.add(encoded.substring(first, 8 * (lead + form.length()) / 6));
      }
    }
    return triggers.stream().filter(t -> t.length() >= 4).distinct().toList();
  }

  private static String capitalized(String word) {
    return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }

  @Override
  public @Nullable Span find(Window window, int from, int to) {
    if (!exact.contains(window.text(from, to))) {
      return null; // other capitals mean other bytes
    }
    var start = window.skipBack(from, Bytes.BASE64, LONGEST_LEAD);
    if (window.at(start - 1) == '\\' && window.at(start) == 'n') {
      start++;
    }
    for (var i = start; i < from; i++) {
      start = window.at(i) == '=' ? i + 1 : start; // a name before it
    }
    var end = window.skip(to, Bytes.BASE64);
    if (end - start < SHORTEST || !tells(window, start, end, from)) {
      return null;
    }
    return new Span(
        start,
        end,
        MARKER,
        end == window.high() && !window.atEnd() ? Span.rest(Bytes.BASE64) : null);
  }

  /// Whether what is encoded is a text with a telling name in it, rather than bytes that happen to
  /// look like one.
  private boolean tells(Window window, int start, int end, int trigger) {
    for (var lead = 0; lead < 4; lead++) {
      var text = decode(window.text(start + lead, Math.min(end, trigger + 512)));
      if (text != null && isText(text)) {
        return decoded.finds(text);
      }
    }
    return false;
  }

  private static @Nullable String decode(String base64) {
    try {
      var whole = base64.substring(0, base64.length() / 4 * 4);
      return new String(Base64.getDecoder().decode(whole), StandardCharsets.ISO_8859_1);
    } catch (IllegalArgumentException e) {
      return null; // not base64
    }
  }

  private static boolean isText(String text) {
    return text.chars()
        .allMatch(c -> (c >= ' ' && c != 127) || c == '\n' || c == '\r' || c == '\t');
  }
}
