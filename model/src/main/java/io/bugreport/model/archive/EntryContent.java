package io.bugreport.model.archive;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/// As many bytes as the tar header promised. Fewer are an error, and so is more than the padding
/// that fills the last block; the member's checksum is held against what was read.
final class EntryContent extends InputStream {
  private final InputStream in;
  private final String path;
  private final int padding;
  private long left;
  private boolean ended;

  private EntryContent(InputStream in, long size, String path) {
    this.in = in;
    this.left = size;
    this.padding = TarHeader.padding(size);
    this.path = path;
  }

  /// Inflates a content member.
  static InputStream inflating(InputStream member, long size, String path) throws IOException {
    try {
      return new EntryContent(new GZIPInputStream(member, 1 << 13), size, path);
    } catch (ZipException | EOFException e) {
      throw damaged(path, e);
    }
  }

  private static ArchiveException damaged(String path, IOException e) {
    return new ArchiveException("\"" + path + "\" is damaged in the archive: " + e.getMessage(), e);
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
    if (left == 0) {
      end();
      return -1;
    }
    var n = inflated(buffer, offset, (int) Math.min(length, left));
    if (n < 0) {
      throw new ArchiveException("\"" + path + "\" is shorter than its header says");
    }
    left -= n;
    return n;
  }

  private void end() throws IOException {
    if (ended) {
      return;
    }
    ended = true;
    var rest = new byte[TarHeader.BLOCK];
    var extra = 0;
    for (var n = inflated(rest, 0, rest.length); n >= 0; n = inflated(rest, 0, rest.length)) {
      extra += n;
      if (extra > padding) {
        throw new ArchiveException("\"" + path + "\" is longer than its header says");
      }
    }
  }

  private int inflated(byte[] buffer, int offset, int length) throws IOException {
    try {
      return in.read(buffer, offset, length);
    } catch (ZipException | EOFException e) {
      throw damaged(path, e);
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
