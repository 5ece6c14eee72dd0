package io.bugreport.model.archive;

import java.io.ByteArrayOutputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// A small gzip member, inflated from memory, that knows where it ended.
final class InflatedMember {
  /// A tar header with its extensions takes three blocks; a name may make it a few more.
  private static final int LIMIT = 1 << 15;

  private final byte[] content;
  private final int end;

  /// @param bytes a member and whatever follows it
  /// @param header the length of the member's own header
  InflatedMember(byte[] bytes, int header) throws ArchiveException {
    var inflater = new Inflater(true);
    try {
      inflater.setInput(bytes, header, bytes.length - header);
      var out = new ByteArrayOutputStream(3 * TarHeader.BLOCK);
      var buffer = new byte[4 * TarHeader.BLOCK];
      while (!inflater.finished()) {
        var n = inflater.inflate(buffer);
        if (n == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
          throw new ArchiveException("an entry's header is cut off");
        }
        out.write(buffer, 0, n);
        if (out.size() > LIMIT) {
          throw new ArchiveException("an entry's header is too large");
        }
      }
      this.content = out.toByteArray();
      this.end = header + (int) inflater.getBytesRead() + GzipMember.TRAILER;
    } catch (DataFormatException e) {
      throw new ArchiveException("an entry's header is damaged", e);
    } finally {
      inflater.end();
    }
  }

  byte[] content() {
    return content;
  }

  /// The offset, in the bytes given, of what follows the member.
  int end() {
    return end;
  }
}
