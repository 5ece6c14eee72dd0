package io.bugreport.model.archive;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.OptionalLong;

/// The frame of one gzip member (RFC 1952) in our archives.
///
/// The member that holds an entry's tar header carries, in an extra field named `BR`, the length of
/// the member that follows it with the entry's content. A reader can so hop from header to header
/// without inflating any content; every other tool ignores the field. The last member carries, in a
/// field named `BI`, where the index begins.
final class GzipMember {
  private static final byte[] MAGIC = {0x1f, (byte) 0x8b, 8};
  private static final int PLAIN_HEADER = 10;
  private static final int EXTRA_FLAG = 4;
  private static final int UNKNOWN_SYSTEM = 255;
  private static final int FIELD_LENGTH = 12;

  /// The length of a header with the extra field.
  static final int LONG_HEADER = PLAIN_HEADER + 2 + FIELD_LENGTH;

  /// The length of the checksum and size that end a member.
  static final int TRAILER = 8;

  private GzipMember() {}

  static byte[] header() {
    return header(0, PLAIN_HEADER).array();
  }

  static byte[] headerAnnouncing(long contentLength) {
    return longHeader('R', contentLength);
  }

  /// The header of the member that ends an archive.
  ///
  /// @param indexAt offset of the index's own header member
  static byte[] headerPointing(long indexAt) {
    return longHeader('I', indexAt);
  }

  private static byte[] longHeader(char id, long value) {
    return header(EXTRA_FLAG, LONG_HEADER)
        .putShort((short) FIELD_LENGTH)
        .put((byte) 'B')
        .put((byte) id)
        .putShort((short) Long.BYTES)
        .putLong(value)
        .array();
  }

  private static ByteBuffer header(int flags, int length) {
    return ByteBuffer.allocate(length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(MAGIC)
        .put((byte) flags)
        .putInt(0)
        .put((byte) 0)
        .put((byte) UNKNOWN_SYSTEM);
  }

  static byte[] trailer(long crc, long size) {
    return ByteBuffer.allocate(TRAILER)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt((int) crc)
        .putInt((int) size)
        .array();
  }

  /// Reads what [#headerAnnouncing(long)] wrote.
  ///
  /// @return empty when these bytes begin any other member
  static OptionalLong announcedLength(byte[] start) {
    return value('R', start);
  }

  /// Reads what [#headerPointing(long)] wrote.
  ///
  /// @return empty when these bytes begin any other member
  static OptionalLong indexOffset(byte[] start) {
    return value('I', start);
  }

  private static OptionalLong value(char id, byte[] start) {
    if (start.length < LONG_HEADER) {
      return OptionalLong.empty();
    }
    var buffer = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN);
    for (var expected : MAGIC) {
      if (buffer.get() != expected) {
        return OptionalLong.empty();
      }
    }
    if (buffer.get() != EXTRA_FLAG) {
      return OptionalLong.empty();
    }
    buffer.position(PLAIN_HEADER);
    var ours =
        buffer.getShort() == FIELD_LENGTH
            && buffer.get() == 'B'
            && buffer.get() == id
            && buffer.getShort() == Long.BYTES;
    return ours ? OptionalLong.of(buffer.getLong()) : OptionalLong.empty();
  }
}
