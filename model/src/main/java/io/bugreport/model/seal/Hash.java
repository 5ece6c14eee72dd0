package io.bugreport.model.seal;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// Hashes that every Java has.
final class Hash {
  private Hash() {}

  static byte[] of(String algorithm, byte[] content) {
    try {
      return MessageDigest.getInstance(algorithm).digest(content);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has " + algorithm, e);
    }
  }
}
