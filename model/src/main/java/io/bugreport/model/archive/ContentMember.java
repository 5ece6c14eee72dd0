package io.bugreport.model.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/// An entry's content on its way into a gzip member of its own, held aside until its length is
/// known.
final class ContentMember extends OutputStream {
  private final Spill spill;
  private final CRC32 crc = new CRC32();
  private final MessageDigest sha256 = Sha256.start();
  private final Deflater deflater;
  private final DeflaterOutputStream deflate;
  private long size;

  /// @param sealed whether what is held aside must be readable for this process alone
  ContentMember(Path spills, boolean sealed, int level) throws IOException {
    spill = new Spill(spills, sealed);
    deflater = new Deflater(level, true);
    spill.write(GzipMember.header());
    deflate = new DeflaterOutputStream(spill, deflater, 1 << 13);
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] buffer, int offset, int length) throws IOException {
    deflate.write(buffer, offset, length);
    crc.update(buffer, offset, length);
    sha256.update(buffer, offset, length);
    size += length;
  }

  /// Fills the last block and ends the member.
  ///
  /// @return the checksum of the content, in hex
  String finish() throws IOException {
    var padding = new byte[TarHeader.padding(size)];
    deflate.write(padding);
    crc.update(padding);
    deflate.finish();
    spill.write(GzipMember.trailer(crc.getValue(), size + padding.length));
    return Sha256.hex(sha256);
  }

  /// Bytes of the content.
  long size() {
    return size;
  }

  /// Bytes of the member, once it is finished.
  long length() {
    return spill.length();
  }

  void copyTo(OutputStream target) throws IOException {
    spill.copyTo(target);
  }

  /// Removes what was held.
  void discard() throws IOException {
    deflater.end();
    spill.discard();
  }
}
