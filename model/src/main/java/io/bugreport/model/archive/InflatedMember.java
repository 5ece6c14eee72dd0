package io.bugreport.model.archive;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// A small gzip member, inflated from memory, that knows where it ended.
final class InflatedMember {
  /// A tar header with its extensions takes three blocks; a name may make it a few more.
  static final int LIMIT = 1 << 15;

  /// The bytes end before the member does.
  static final class Cut extends Exception {
    private static final long serialVersionUID = 1L;
  }

  private final byte[] content;
  private final int end;

  /// @param bytes a member and whatever follows it
  /// @param header the length of the member's own header
  InflatedMember(byte[] bytes, int header) throws ArchiveException, Cut {
    var inflater = new Inflater(true);
    try {
      inflater.setInput(bytes, header, bytes.length - header);
      var out = new ByteArrayOutputStream(3 * TarHeader.BLOCK);
      var buffer = new byte[4 * TarHeader.BLOCK];
      var crc = new CRC32();
      while (!inflater.finished()) {
        var n = inflater.inflate(buffer);
        if (n == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
          throw new Cut();
        }
        out.write(buffer, 0, n);
        crc.update(buffer, 0, n);
        if (out.size() > LIMIT) {
          throw new ArchiveException("an entry's header is too large");
        }
      }
      this.content = out.toByteArray();
      var trailer = header + (int) inflater.getBytesRead();
      this.end = trailer + GzipMember.TRAILER;
      if (end > bytes.length) {
        throw new Cut();
      }
      var expected = GzipMember.trailer(crc.getValue(), out.size());
      if (!Arrays.equals(bytes, trailer, end, expected, 0, expected.length)) {
        throw new ArchiveException("an entry's header is damaged: its checksum is another");
      }
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
