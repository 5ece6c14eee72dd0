package io.bugreport.model.archive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/// The bytes that precede and follow an entry's content in a tar file.
final class TarHeader {
  static final int BLOCK = 512;
  private static final int OWNER_ONLY = 0100600;

  private TarHeader() {}

  /// The header blocks of a file, with POSIX extensions where its name or size needs them.
  static byte[] of(String name, long size, Instant time) {
    var bytes = new ByteArrayOutputStream(3 * BLOCK);
    var entry = new TarArchiveEntry(name);
    entry.setSize(size);
    entry.setMode(OWNER_ONLY);
    entry.setModTime(time.toEpochMilli());
    entry.setIds(0, 0);
    entry.setNames("", "");
    // Never closed: closing would demand the content, which the caller writes as a member of its
    // own.
    @SuppressWarnings("resource")
    var tar = new TarArchiveOutputStream(bytes, BLOCK, StandardCharsets.UTF_8.name());
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
    tar.setAddPaxHeadersForNonAsciiNames(true);
    try {
      tar.putArchiveEntry(entry);
      tar.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return bytes.toByteArray();
  }

  /// How many zero bytes fill the last block of content.
  static int padding(long size) {
    return (int) ((BLOCK - size % BLOCK) % BLOCK);
  }

  /// The two empty blocks that end a tar file.
  static byte[] end() {
    return new byte[2 * BLOCK];
  }
}
