package io.bugreport.model.seal;

import com.exceptionfactory.jagged.FileKey;
import com.exceptionfactory.jagged.RecipientStanza;
import com.exceptionfactory.jagged.RecipientStanzaReader;
import com.exceptionfactory.jagged.UnsupportedRecipientStanzaException;
import com.exceptionfactory.jagged.framework.stream.StandardDecryptingChannelFactory;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The beginning of an encrypted file, opened. See the [format](https://c2sp.org/age) of age.
///
/// @param length how many bytes it takes
/// @param payload opens what follows it
public record SealedHeader(int length, PayloadCipher payload) {
  /// A recipient takes some 100 bytes.
  private static final int LONGEST = 1 << 20;

  private static final byte[] START = "age-encryption.org/v1\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ARMOR =
      "-----BEGIN AGE ENCRYPTED FILE-----".getBytes(StandardCharsets.US_ASCII);
  private static final int NONCE = 16;

  /// How many bytes [#isSealed(byte[])] wants to see.
  public static final int MARK = ARMOR.length;

  /// Whether a file that begins so is an encrypted one.
  public static boolean isSealed(byte[] start) {
    return startsWith(start, START) || startsWith(start, ARMOR);
  }

  private static boolean startsWith(byte[] bytes, byte[] mark) {
    return bytes.length >= mark.length
        && Arrays.equals(bytes, 0, mark.length, mark, 0, mark.length);
  }

  static SealedHeader read(InputStream file, List<RecipientStanzaReader> identities)
      throws IOException {
    var header = header(file);
    var key = new Caught(identities);
    try (var _ =
        new StandardDecryptingChannelFactory()
            .newDecryptingChannel(
                // With room behind it: the channel wants to see the beginning of a payload.
                Channels.newChannel(
                    new ByteArrayInputStream(Arrays.copyOf(header, header.length + NONCE))),
                List.of(key))) {
      var nonce = Arrays.copyOfRange(header, header.length - NONCE, header.length);
      return new SealedHeader(
          header.length, PayloadCipher.of(Objects.requireNonNull(key.caught, "a key"), nonce));
    } catch (UnsupportedRecipientStanzaException e) {
      throw new KeyException("it is encrypted to others than these identities", e);
    } catch (GeneralSecurityException | IOException | RuntimeException e) {
      throw new KeyException(
          key.caught == null
              ? "it is encrypted to others than these identities, or its header is damaged"
              : "its header is damaged: it was changed after it was encrypted",
          e);
    }
  }

  /// Everything up to the payload: lines, the last of which begins with `---`, and the nonce.
  private static byte[] header(InputStream file) throws IOException {
    var all = new ByteArrayOutputStream(512);
    var line = new ByteArrayOutputStream(80);
    while (all.size() < LONGEST) {
      var b = file.read();
      if (b < 0) {
        break;
      }
      all.write(b);
      line.write(b);
      if (b == '\n') {
        if (startsWith(line.toByteArray(), ARMOR)) {
          throw new KeyException(
              "it is encrypted as text (armor); turn it into bytes first: age -d, then repack"
                  + " --encrypt-to");
        }
        if (line.toString(StandardCharsets.US_ASCII).startsWith("---")) {
          all.write(file.readNBytes(NONCE));
          return all.toByteArray();
        }
        line.reset();
      }
    }
    throw new KeyException("it is encrypted, but cut off within its header");
  }

  /// Remembers the key of the file that one of the identities finds.
  private static final class Caught implements RecipientStanzaReader {
    private final List<RecipientStanzaReader> identities;
    private byte @Nullable [] caught;

    Caught(List<RecipientStanzaReader> identities) {
      this.identities = identities;
    }

    @Override
    public FileKey getFileKey(Iterable<RecipientStanza> stanzas) throws GeneralSecurityException {
      GeneralSecurityException last = new UnsupportedRecipientStanzaException("no identity");
      for (var identity : identities) {
        try {
          var key = identity.getFileKey(stanzas);
          caught = key.getEncoded();
          return key;
        } catch (GeneralSecurityException e) {
          last = e;
        }
      }
      throw last;
    }
  }
}
