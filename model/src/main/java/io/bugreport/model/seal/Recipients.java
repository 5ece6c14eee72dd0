package io.bugreport.model.seal;

import com.exceptionfactory.jagged.RecipientStanzaWriter;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaWriterFactory;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;

/// Who can read an archive: public keys of [age](https://age-encryption.org), as `age-keygen`
/// prints them. Nobody else can, not even whoever wrote it.
public final class Recipients {
  private static final Recipients NONE = new Recipients(List.of());

  private final List<RecipientStanzaWriter> writers;

  private Recipients(List<RecipientStanzaWriter> writers) {
    this.writers = List.copyOf(writers);
  }

  /// Nobody in particular: the archive is not encrypted.
  public static Recipients none() {
    return NONE;
  }

  /// Reads recipients.
  ///
  /// @param given each a public key `age1…`, or a file with one on each line
  /// @throws KeyException when one is neither
  public static Recipients of(List<String> given) throws KeyException {
    List<RecipientStanzaWriter> writers = new ArrayList<>();
    for (var each : given) {
      for (var key : each.startsWith("age1") ? List.of(each) : lines(each)) {
        writers.add(writer(key));
      }
    }
    return new Recipients(writers);
  }

  private static List<String> lines(String file) throws KeyException {
    try {
      var keys = KeyLines.of(Path.of(file));
      if (!keys.isEmpty()) {
        return keys;
      }
    } catch (java.io.IOException | java.nio.file.InvalidPathException e) {
      throw new KeyException(
          "\"" + file + "\" is no recipient, and no file of them: give a key of age, age1…", e);
    }
    throw new KeyException(
        file + " holds no recipient: give a key of age, age1…, as age-keygen -y prints it");
  }

  private static RecipientStanzaWriter writer(String key) throws KeyException {
    try {
      return X25519RecipientStanzaWriterFactory.newRecipientStanzaWriter(key);
    } catch (GeneralSecurityException | RuntimeException e) {
      throw new KeyException(
          "\"" + key + "\" is no recipient: give an X25519 key of age, age1…", e);
    }
  }

  /// Whether nothing is encrypted.
  public boolean isEmpty() {
    return writers.isEmpty();
  }

  /// Starts an encrypted file.
  ///
  /// @param out takes the bytes of the file
  public SealedStream seal(java.io.OutputStream out) throws java.io.IOException {
    return SealedStream.start(out, writers);
  }
}
