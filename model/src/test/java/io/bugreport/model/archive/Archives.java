package io.bugreport.model.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/// Archives for tests, written and read back whole.
final class Archives {
  static final Instant TIME = Instant.parse("2026-11-24T07:00:00Z");
  static final String ROOT = "bug-report-test";

  private Archives() {}

  static ArchiveWriter writer(Path target, ArchiveFormat format) throws IOException {
    return ArchiveWriter.create(target, ROOT, format, TIME, Redaction.none());
  }

  static Path write(Path target, ArchiveFormat format, Map<String, byte[]> entries)
      throws IOException {
    try (var writer = writer(target, format)) {
      for (var entry : entries.entrySet()) {
        writer.write(entry.getKey(), entry.getValue());
      }
    }
    return target;
  }

  static Path tarGz(Path folder, Map<String, byte[]> entries) throws IOException {
    return write(folder.resolve("archive.tar.gz"), ArchiveFormat.TAR_GZ, entries);
  }

  /// The same archive as it was written before there was an index, to be read header by header.
  static Path withoutIndex(Path file) throws IOException {
    var bytes = Files.readAllBytes(file);
    try (var stored = StoredBytes.of(file)) {
      var index = TrailingIndex.of(stored, ArchiveLimits.standard()).orElseThrow();
      return Files.write(file, Arrays.copyOf(bytes, (int) index.at()));
    }
  }

  static Map<String, byte[]> read(Path source) throws IOException {
    try (var reader = ArchiveReader.open(source)) {
      return read(reader);
    }
  }

  static Map<String, byte[]> read(ArchiveReader reader) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    for (var path : reader.paths()) {
      try (var in = reader.open(path)) {
        entries.put(path, in.readAllBytes());
      }
    }
    return entries;
  }

  /// Bytes that no compression makes smaller.
  static byte[] noise(int length) {
    var bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  static Path temporaryFolder() throws IOException {
    return Files.createTempDirectory("archive-test");
  }

  static void delete(Path folder) throws IOException {
    try (var all = Files.walk(folder)) {
      for (var path : all.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(path);
      }
    }
  }
}
