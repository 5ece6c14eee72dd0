package io.bugreport.model.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.CipherInputStream;
import javax.crypto.CipherOutputStream;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Keeps what one file holds aside unreadable for anyone but this process, which forgets the key
/// when it ends.
final class SpillKey {
  private static final String CIPHER = "AES/CTR/NoPadding";
  private static final int BYTES = 16;

  private final byte[] key = new byte[BYTES];
  private final byte[] start = new byte[BYTES];

  SpillKey() {
    var random = new SecureRandom();
    random.nextBytes(key);
    random.nextBytes(start);
  }

  OutputStream seal(OutputStream out) throws IOException {
    return new CipherOutputStream(out, cipher(Cipher.ENCRYPT_MODE));
  }

  InputStream open(InputStream in) throws IOException {
    return new CipherInputStream(in, cipher(Cipher.DECRYPT_MODE));
  }

  private Cipher cipher(int mode) throws IOException {
    try {
      var cipher = Cipher.getInstance(CIPHER);
      cipher.init(mode, new SecretKeySpec(key, "AES"), new IvParameterSpec(start));
      return cipher;
    } catch (GeneralSecurityException e) {
      throw new IOException("this Java cannot encrypt: " + e.getMessage(), e);
    }
  }
}
