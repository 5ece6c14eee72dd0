package io.bugreport.collector.redaction;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// Tells whether something of a secret is left.
final class Leaks {
  private static final int TELLING_LENGTH = 8;

  private Leaks() {}

  /// Whether a text has eight characters in a row of a secret, or all of it in base64.
  static boolean any(String text, String secret) {
    if (text.contains(
        Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8)))) {
      return true;
    }
    for (var i = 0; i + TELLING_LENGTH <= secret.length(); i++) {
      var part = secret.substring(i, i + TELLING_LENGTH);
      if (part.chars().filter(Character::isLetterOrDigit).count() >= TELLING_LENGTH - 1
          && text.contains(part)) {
        return true;
      }
    }
    return false;
  }
}
