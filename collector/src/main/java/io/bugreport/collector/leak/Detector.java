package io.bugreport.collector.leak;

import static io.bugreport.collector.leak.Hint.anyCase;
import static io.bugreport.collector.leak.Hint.exactly;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// One thing that secrets look like.
///
/// @param name as in reports
/// @param hints with one of which it begins
/// @param glance tells most of what is none by the few bytes after a hint
/// @param pattern describes it from its first character; where there is a group, that is the secret
///   itself
/// @param confirms whether what the group holds is one
record Detector(
    String name, List<Hint> hints, Glance glance, Pattern pattern, Predicate<String> confirms) {
  private static final double BITS_OF_CHANCE = 3.4;
  private static final int LONGEST_USER = 64;
  private static final int LONGEST_PASSWORD = 64;

  /// A look that costs little.
  @FunctionalInterface
  interface Glance {
    /// Whether the pattern may fit.
    ///
    /// @param at the first byte after the hint
    /// @param end where the bytes at hand end
    boolean mayFit(byte[] bytes, int at, int end);
  }

  static List<Detector> all() {
    return List.of(
        sure("private key", "-----BEGIN [A-Z0-9 ]*PRIVATE KEY", "-----BEGIN "),
        new Detector(
            "private key in base64",
            List.of(exactly("LS0tLS1CRUdJ")),
            (bytes, at, end) -> true,
            Pattern.compile("(LS0tLS1CRUdJ[A-Za-z0-9+/]{24,200})"),
            text -> decoded(text).contains("PRIVATE KEY")),
        sure("JSON Web Token", "\\beyJ[\\w-]{12,}\\.eyJ[\\w-]{8,}\\.[\\w-]{16,}", "eyJ"),
        sure("AWS access key", "\\b(?:AKIA|ASIA)[A-Z2-7]{16}\\b", "AKIA", "ASIA"),
        sure(
            "GitHub token",
            "\\bgh[pousr]_[A-Za-z0-9]{36,}",
            "ghp_",
            "gho_",
            "ghu_",
            "ghs_",
            "ghr_"),
        sure("GitLab token", "\\bglpat-[\\w-]{20,}", "glpat-"),
        sure(
            "Slack token",
            "\\bxox[abprs]-[0-9A-Za-z-]{16,}",
            "xoxa-",
            "xoxb-",
            "xoxp-",
            "xoxr-",
            "xoxs-"),
        sure("Google API key", "\\bAIza[\\w-]{35}", "AIza"),
        sure(
            "Stripe key",
            "\\b[sr]k_(?:live|test)_[A-Za-z0-9]{16,}",
            "sk_live_",
            "sk_test_",
            "rk_live_",
            "rk_test_"),
        new Detector(
            "credentials of a request",
            List.of(anyCase("bearer "), anyCase("basic ")),
            (bytes, at, end) -> wordOf(bytes, at, end, 16),
            Pattern.compile("(?i)\\b(?:bearer|basic) ([a-z0-9._~+/-]{16,}=*)"),
            Detector::isRandom),
        new Detector(
            "password in a URL",
            List.of(exactly("://")),
            Detector::isAddressed,
            Pattern.compile("://[^\\s/:@\"'<>\\[\\]]{0,64}:([^\\s/@\"'<>\\[\\]]{3,64})@"),
            text -> !text.startsWith("$") && !text.matches("[*xX]+|\\d{1,5}")),
        new Detector(
            "value beside a telling name",
            List.of(
                anyCase("password"),
                anyCase("passwd"),
                anyCase("secret"),
                anyCase("token"),
                anyCase("apikey"),
                anyCase("api_key"),
                anyCase("api-key"),
                anyCase("accesskey"),
                anyCase("access_key"),
                anyCase("access-key")),
            Detector::isAssigned,
            Pattern.compile(
                "(?i)(?:passw(?:or)?d|secret|token|(?:api|access)[_-]?key)[\"'\\\\]*\\s{0,4}[:=]\\s{0,4}[\"'\\\\]*"
                    + "([a-z0-9+/_=.~!@#$%^&*-]{12,256})"),
            Detector::isRandom));
  }

  /// By its looks alone.
  private static Detector sure(String name, String pattern, String... hints) {
    return new Detector(
        name,
        List.of(hints).stream().map(Hint::exactly).toList(),
        (bytes, at, end) -> at < end && bytes[at] >= '-',
        Pattern.compile(pattern),
        _ -> true);
  }

  private static boolean wordOf(byte[] bytes, int at, int end, int length) {
    var most = Math.min(end, at + length);
    for (var i = at; i < most; i++) {
      if (bytes[i] < '+' || bytes[i] == ',' || bytes[i] == ':' || bytes[i] == ';') {
        return false;
      }
    }
    return true;
  }

  /// Whether a URL has an at sign before its path, quote or blank.
  private static boolean isAddressed(byte[] bytes, int at, int end) {
    var most = Math.min(end, at + LONGEST_USER + LONGEST_PASSWORD + 2);
    for (var i = at; i < most; i++) {
      var b = bytes[i];
      if (b == '@') {
        return true;
      }
      if (b == '/' || b == '"' || b == '\'' || (b >= 0 && b <= ' ')) {
        return false;
      }
    }
    return false;
  }

  private static boolean isAssigned(byte[] bytes, int at, int end) {
    for (var i = at; i < end; i++) {
      switch (bytes[i]) {
        case ':', '=' -> {
          return true;
        }
        case '"', '\'', '\\', ' ', '\t', '\n', '\r' -> {}
        default -> {
          return false;
        }
      }
    }
    return false;
  }

  private static String decoded(String base64) {
    var whole = base64.substring(0, base64.length() / 4 * 4);
    return new String(Base64.getDecoder().decode(whole), StandardCharsets.ISO_8859_1);
  }

  /// Whether a text could be drawn by chance: digits among letters, and few characters again.
  private static boolean isRandom(String text) {
    if (text.chars().noneMatch(Character::isDigit)
        || text.chars().noneMatch(Character::isLetter)
        || text.startsWith("W3JlZGFjdGVk") // a marker of redaction, in base64
        || text.toLowerCase(Locale.ROOT).matches("[a-z]+([-_./][a-z0-9]{1,12})*/?")) {
      return false;
    }
    var counts = new int[256];
    text.chars().forEach(c -> counts[c & 0xff]++);
    var bits = 0.0;
    for (var count : counts) {
      if (count > 0) {
        bits -= count * Math.log((double) count / text.length()) / Math.log(2);
      }
    }
    return bits / text.length()
        >= Math.min(BITS_OF_CHANCE, Math.log(text.length()) / Math.log(2) - 0.6);
  }
}
