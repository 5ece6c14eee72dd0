package io.bugreport.model.archive;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/// The bytes of one entry on their way into the archive. Closing it commits the entry; what was
/// written before a failure is evidence too, so an entry is dropped only on [#abandon()].
public final class EntryStream extends FilterOutputStream {

  /// Drops what was written so far.
  @FunctionalInterface
  interface Drop {
    void drop() throws IOException;
  }

  private final Drop drop;
  private long bytes;
  private boolean closed;

  EntryStream(OutputStream out, Drop drop) {
    super(out);
    this.drop = drop;
  }

  /// How many bytes were written, before redaction and compression.
  public long bytes() {
    return bytes;
  }

  @Override
  public void write(int b) throws IOException {
    refuseWhenClosed();
    out.write(b);
    bytes++;
  }

  @Override
  public void write(byte[] buffer, int offset, int length) throws IOException {
    refuseWhenClosed();
    out.write(buffer, offset, length);
    bytes += length;
  }

  private void refuseWhenClosed() throws IOException {
    if (closed) {
      throw new IOException("the entry is closed; write before closing it");
    }
  }

  @Override
  public void flush() throws IOException {
    if (!closed) {
      out.flush();
    }
  }

  /// Leaves no trace of this entry in the archive.
  public void abandon() throws IOException {
    if (!closed) {
      closed = true;
      drop.drop();
    }
  }

  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      out.close();
    }
  }
}
