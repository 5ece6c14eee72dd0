package io.bugreport.collector.leak;

import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// One thing that secrets look like.
///
/// @param name as in reports
/// @param hints one of which is in any text that holds it, in lower case
/// @param pattern finds it; where there is a group, that is the secret itself
/// @param confirms whether what the group holds is one
record Detector(String name, List<String> hints, Pattern pattern, Predicate<String> confirms) {
  private static final double BITS_OF_CHANCE = 3.4;

  static List<Detector> all() {
    return List.of(
        sure("private key", "-----BEGIN [A-Z0-9 ]*PRIVATE KEY", "private key"),
        new Detector(
            "private key in base64",
            List.of("ls0tls1crudj"),
            Pattern.compile("(LS0tLS1CRUdJ[A-Za-z0-9+/]{24,200})"),
            text -> decoded(text).contains("PRIVATE KEY")),
        sure("JSON Web Token", "\\beyJ[\\w-]{12,}\\.eyJ[\\w-]{8,}\\.[\\w-]{16,}", "eyj"),
        sure("AWS access key", "\\b(?:AKIA|ASIA)[A-Z2-7]{16}\\b", "akia", "asia"),
        sure(
            "GitHub token",
            "\\bgh[pousr]_[A-Za-z0-9]{36,}",
            "ghp_",
            "gho_",
            "ghu_",
            "ghs_",
            "ghr_"),
        sure("GitLab token", "\\bglpat-[\\w-]{20,}", "glpat-"),
        sure("Slack token", "\\bxox[abprs]-[0-9A-Za-z-]{16,}", "xox"),
        sure("Google API key", "\\bAIza[\\w-]{35}", "aiza"),
        sure("Stripe key", "\\b[sr]k_(?:live|test)_[A-Za-z0-9]{16,}", "k_live_", "k_test_"),
        new Detector(
            "credentials of a request",
            List.of("bearer ", "basic "),
            Pattern.compile("(?i)\\b(?:bearer|basic) ([a-z0-9._~+/-]{16,}=*)"),
            Detector::isRandom),
        new Detector(
            "password in a URL",
            List.of("://"),
            Pattern.compile("://[^\\s/:@\"'<>\\[\\]]{0,64}:([^\\s/@\"'<>\\[\\]]{3,64})@"),
            text -> !text.startsWith("$") && !text.matches("[*xX]+|\\d{1,5}")),
        new Detector(
            "value beside a telling name",
            List.of(
                "passw",
                "secret",
                "token",
                "apikey",
                "api_key",
                "api-key",
                "accesskey",
                "access_key"),
            Pattern.compile(
                "(?i)(?:passw(?:or)?d|secret|token|(?:api|access)[_-]?key)[\"'\\\\]*\\s{0,4}[:=]\\s{0,4}[\"'\\\\]*"
                    + "([a-z0-9+/_=.~!@#$%^&*-]{12,256})"),
            Detector::isRandom));
  }

  private static Detector sure(String name, String pattern, String... hints) {
    return new Detector(name, List.of(hints), Pattern.compile(pattern), _ -> true);
  }

  private static String decoded(String base64) {
    var whole = base64.substring(0, base64.length() / 4 * 4);
    return new String(
        Base64.getDecoder().decode(whole), java.nio.charset.StandardCharsets.ISO_8859_1);
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
