package io.bugreport.model.seal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.IvParameterSpec;

/// Opens the pieces that an encrypted file's payload is made of, each by itself, so that any place
/// in it is read without what is before it.
///
/// The payload of [age](https://c2sp.org/age) is STREAM: pieces of 64 KiB, the last one shorter and
/// marked as the last, each sealed with ChaCha20-Poly1305 under its number.
public final class PayloadCipher {
  /// Bytes of a piece, opened.
  public static final int PIECE = 1 << 16;

  /// Bytes of a piece in the file.
  public static final int SEALED_PIECE = PIECE + 16;

  private static final int NONCE = 12;

  private final SecretKey key;

  private PayloadCipher(SecretKey key) {
    this.key = key;
  }

  /// @param fileKey the key that the recipients share
  /// @param nonce the 16 bytes that precede the payload
  static PayloadCipher of(byte[] fileKey, byte[] nonce) {
    try {
      var derivation =
          HKDFParameterSpec.ofExtract()
              .addIKM(fileKey)
              .addSalt(nonce)
              .thenExpand("payload".getBytes(StandardCharsets.US_ASCII), 32);
      return new PayloadCipher(KDF.getInstance("HKDF-SHA256").deriveKey("ChaCha20", derivation));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java 25 has HKDF", e);
    }
  }

  /// Opens a piece.
  ///
  /// @param number of the piece, from 0
  /// @param last whether it ends the payload
  /// @throws KeyException when it was changed, or is not the last that it should be
  public byte[] open(long number, boolean last, byte[] sealed) throws IOException {
    try {
      var cipher = Cipher.getInstance("ChaCha20-Poly1305");
      // Eleven bytes of the number, and one that marks the last.
      var nonce = ByteBuffer.allocate(NONCE).putLong(3, number).put(11, last ? (byte) 1 : 0);
      cipher.init(Cipher.DECRYPT_MODE, key, new IvParameterSpec(nonce.array()));
      return cipher.doFinal(sealed);
    } catch (AEADBadTagException e) {
      throw new KeyException("it was changed after it was encrypted, or cut off", e);
    } catch (GeneralSecurityException e) {
      throw new KeyException("it cannot be decrypted: " + e.getMessage(), e);
    }
  }
}
