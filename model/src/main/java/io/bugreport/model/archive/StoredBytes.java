package io.bugreport.model.archive;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Objects;

/// The bytes of an archive, read at any offset, by any number of threads: those of a file, of the
/// parts of one, or of an encrypted one.
abstract class StoredBytes implements Closeable {

  /// Opens a file, or all parts of one whose first part this is.
  static StoredBytes of(Path source) throws IOException {
    return Parts.isPart(source) ? JoinedBytes.of(source) : new FileBytes(source);
  }

  abstract long size() throws IOException;

  /// Reads some bytes, as an [InputStream] does.
  abstract int read(long at, byte[] buffer, int offset, int length) throws IOException;

  /// Whether nobody may read these bytes but who has a key, so that they must not lie anywhere in
  /// plain text.
  boolean isSealed() {
    return false;
  }

  /// The bytes from an offset on: as many as asked for, or as there are.
  final byte[] at(long offset, int room) throws IOException {
    var bytes = new byte[Math.clamp(size() - offset, 0, room)];
    for (var have = 0; have < bytes.length; ) {
      var n = read(offset + have, bytes, have, bytes.length - have);
      if (n < 0) {
        throw new ArchiveException("the file became shorter while it was read");
      }
      have += n;
    }
    return bytes;
  }

  /// A part of the file, independent of all other readers of it.
  final InputStream window(long offset, long length) {
    return new Window(offset, length);
  }

  private final class Window extends InputStream {
    private long at;
    private final long end;

    Window(long at, long length) {
      this.at = at;
      this.end = at + length;
    }

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      Objects.checkFromIndexSize(offset, length, buffer.length);
      if (length == 0) {
        return 0;
      }
      if (at >= end) {
        return -1;
      }
      var n = StoredBytes.this.read(at, buffer, offset, (int) Math.min(length, end - at));
      at += Math.max(n, 0);
      return n;
    }

    @Override
    public int available() {
      return (int) Math.min(Integer.MAX_VALUE, end - at);
    }
  }
}
