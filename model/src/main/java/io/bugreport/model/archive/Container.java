package io.bugreport.model.archive;

import io.bugreport.model.seal.Identities;
import io.bugreport.model.seal.KeyException;
import io.bugreport.model.seal.SealedHeader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What kind of file an archive is, by its first bytes.
final class Container {
  private Container() {}

  static boolean isKnown(Path file) throws IOException {
    byte[] start;
    try (var in = Files.newInputStream(file)) {
      start = in.readNBytes(SealedHeader.MARK);
    }
    var isGzip = start.length >= 2 && start[0] == 0x1f && start[1] == (byte) 0x8b;
    return isGzip
        || Compression.of(start) == Compression.ZSTD
        || ZipReader.isZip(start)
        || SealedHeader.isSealed(start);
  }

  static ArchiveReader open(Path source, ArchiveLimits limits, Identities identities)
      throws IOException {
    var bytes = StoredBytes.of(source);
    ArchiveReader reader;
    try {
      if (SealedHeader.isSealed(bytes.at(0, SealedHeader.MARK))) {
        bytes = opened(source, bytes, identities);
      }
      if (ZipReader.isZip(bytes.at(0, 4))) {
        bytes.close();
        return zip(source, bytes.isSealed(), limits);
      }
      reader = TarGzReader.open(source, bytes, limits);
    } catch (IOException | RuntimeException e) {
      bytes.close();
      throw e;
    }
    if (Parts.isPart(source) && !reader.isComplete()) {
      reader.close();
      throw JoinedBytes.cutOff(source);
    }
    return reader;
  }

  private static StoredBytes opened(Path source, StoredBytes bytes, Identities identities)
      throws IOException {
    try {
      return SealedBytes.open(bytes, identities);
    } catch (ArchiveException | KeyException e) {
      throw new ArchiveException(source + ": " + e.getMessage(), e);
    }
  }

  private static ArchiveReader zip(Path source, boolean sealed, ArchiveLimits limits)
      throws IOException {
    if (sealed) {
      throw new ArchiveException(
          source + " is an encrypted zip file, which cannot be read in place; decrypt it: age -d");
    }
    if (Parts.isPart(source)) {
      throw new ArchiveException(
          source + " is a part of a zip file; join its parts with cat first");
    }
    return ZipReader.open(source, limits);
  }
}
