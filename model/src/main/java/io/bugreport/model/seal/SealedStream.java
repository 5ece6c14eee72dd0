package io.bugreport.model.seal;

import com.exceptionfactory.jagged.FileKey;
import com.exceptionfactory.jagged.RecipientStanza;
import com.exceptionfactory.jagged.RecipientStanzaWriter;
import com.exceptionfactory.jagged.framework.stream.StandardEncryptingChannelFactory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Encrypts what is written to it. What is not yet a whole piece stays in memory until more comes,
/// or until it is closed.
public final class SealedStream extends OutputStream {
  private final WritableByteChannel sealing;
  private final SealedHeader header;
  private final byte[] piece = new byte[PayloadCipher.PIECE];
  private int filled;
  private long written;

  private SealedStream(WritableByteChannel sealing, SealedHeader header) {
    this.sealing = sealing;
    this.header = header;
  }

  static SealedStream start(OutputStream out, List<RecipientStanzaWriter> recipients)
      throws IOException {
    var key = new Caught(recipients);
    var target = new Target(out);
    try {
      var sealing =
          new StandardEncryptingChannelFactory().newEncryptingChannel(target, List.of(key));
      var header = target.header();
      return new SealedStream(
          sealing,
          new SealedHeader(
              header.length,
              PayloadCipher.of(
                  Objects.requireNonNull(key.caught, "a key"),
                  Arrays.copyOfRange(header, header.length - 16, header.length))));
    } catch (GeneralSecurityException e) {
      throw new KeyException("it cannot be encrypted: " + e.getMessage(), e);
    }
  }

  /// What opens the file again while it is being written.
  public SealedHeader header() {
    return header;
  }

  /// How many bytes were written, before encryption.
  public long written() {
    return written;
  }

  /// The bytes that the channel holds, since they may be the last: they are not in the file yet.
  public byte[] pending() {
    return Arrays.copyOf(piece, filled);
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] buffer, int offset, int length) throws IOException {
    var at = offset;
    var left = length;
    while (left > 0) {
      if (filled == piece.length) {
        filled = 0; // more follows, so the channel puts this piece into the file
      }
      var n = Math.min(left, piece.length - filled);
      System.arraycopy(buffer, at, piece, filled, n);
      var bytes = ByteBuffer.wrap(buffer, at, n);
      while (bytes.hasRemaining()) {
        sealing.write(bytes);
      }
      filled += n;
      at += n;
      left -= n;
      written += n;
    }
  }

  @Override
  public void close() throws IOException {
    sealing.close();
  }

  /// Remembers the key of the file.
  private static final class Caught implements RecipientStanzaWriter {
    private final List<RecipientStanzaWriter> recipients;
    private byte @Nullable [] caught;

    Caught(List<RecipientStanzaWriter> recipients) {
      this.recipients = recipients;
    }

    @Override
    public Iterable<RecipientStanza> getRecipientStanzas(FileKey key)
        throws GeneralSecurityException {
      caught = key.getEncoded();
      List<RecipientStanza> stanzas = new ArrayList<>();
      for (var recipient : recipients) {
        recipient.getRecipientStanzas(key).forEach(stanzas::add);
      }
      return stanzas;
    }
  }

  /// Passes on what is written, and keeps the header. It is no interruptible channel: an interrupt
  /// of one writing thread would close that, and lose the archive.
  private static final class Target implements WritableByteChannel {
    private final OutputStream out;
    private @Nullable ByteArrayOutputStream start = new ByteArrayOutputStream(512);
    private boolean open = true;

    Target(OutputStream out) {
      this.out = out;
    }

    byte[] header() {
      var bytes = Objects.requireNonNull(start, "taken once").toByteArray();
      start = null;
      return bytes;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
      var bytes = new byte[source.remaining()];
      source.get(bytes);
      out.write(bytes);
      if (start != null) {
        start.writeBytes(bytes);
      }
      return bytes.length;
    }

    @Override
    public boolean isOpen() {
      return open;
    }

    @Override
    public void close() throws IOException {
      open = false;
      out.close();
    }
  }
}
