package io.bugreport.model.seal;

import com.exceptionfactory.jagged.RecipientStanzaReader;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaReaderFactory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;

/// What opens encrypted archives: private keys of [age](https://age-encryption.org), as
/// `age-keygen` writes them.
public final class Identities {
  private static final Identities NONE = new Identities(List.of());

  private final List<RecipientStanzaReader> readers;

  private Identities(List<RecipientStanzaReader> readers) {
    this.readers = List.copyOf(readers);
  }

  /// No key: only what is not encrypted is opened.
  public static Identities none() {
    return NONE;
  }

  /// Reads a file of identities.
  ///
  /// @throws KeyException when it holds none that can be used
  public static Identities read(Path file) throws IOException {
    List<RecipientStanzaReader> readers = new ArrayList<>();
    for (var line : KeyLines.of(file)) {
      if (!line.startsWith("AGE-SECRET-KEY-1")) {
        throw new KeyException(
            file
                + " is no identity of age: its lines begin with AGE-SECRET-KEY-1. One with a"
                + " passphrase is decrypted first: age -d");
      }
      try {
        readers.add(X25519RecipientStanzaReaderFactory.newRecipientStanzaReader(line));
      } catch (GeneralSecurityException | RuntimeException e) {
        // Without the cause: its message could hold the key.
        throw new KeyException(file + " holds a damaged identity");
      }
    }
    if (readers.isEmpty()) {
      throw new KeyException(file + " holds no identity; age-keygen -o FILE makes one");
    }
    return new Identities(readers);
  }

  /// Whether there is none.
  public boolean isEmpty() {
    return readers.isEmpty();
  }

  /// Reads the beginning of an encrypted file.
  ///
  /// @param start the file from its first byte on; no more is read than its header
  /// @throws KeyException when none of these opens it, or it is damaged
  public SealedHeader open(InputStream start) throws IOException {
    return SealedHeader.read(start, readers);
  }
}
