package io.bugreport.app.synthetic;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.UUID;

/// Names and numbers that look drawn by lot and are the same each time.
final class Names {
  private static final String ALPHABET = "bcdfghjklmnpqrstvwxz2456789"; // as Kubernetes does
  private static final int NEXT = 31;

  private Names() {}

  /// A suffix as Kubernetes gives to what it generates names for.
  static String suffix(long seed, String of, int length) {
    var random = random(seed, of);
    var text = new StringBuilder();
    for (var i = 0; i < length; i++) {
      text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return text.toString();
  }

  static String uuid(String of) {
    return UUID.nameUUIDFromBytes(of.getBytes(StandardCharsets.UTF_8)).toString();
  }

  /// A number from 0 to below the bound.
  static int number(long seed, String of, int bound) {
    return random(seed, of).nextInt(bound);
  }

  /// A number from 0 to below the bound, for a place in a series.
  static int number(long seed, long at, int bound) {
    return new SplittableRandom(seed * NEXT + at).nextInt(bound);
  }

  private static SplittableRandom random(long seed, String of) {
    var mixed = seed;
    for (var i = 0; i < of.length(); i++) {
      mixed = mixed * NEXT + of.charAt(i);
    }
    return new SplittableRandom(mixed);
  }
}
