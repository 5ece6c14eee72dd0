package io.bugreport.model.archive;

import io.bugreport.model.resource.ResourceKind;
import io.bugreport.model.seal.Identities;
import io.bugreport.model.snapshot.Snapshot;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.Arrays;
import java.util.SequencedSet;
import java.util.TreeMap;

/// What Jazzer calls, with any bytes: see `CONTRIBUTING.md`. An [IOException] is the right answer
/// to what is no archive; everything else that is thrown is a bug, and so is taking for ever.
///
/// The first byte says what the rest is: a file, a tar file to be packed, an index, or the files of
/// an archive by name, of another tool or of ours.
public final class ArchiveFuzz {
  private static final ArchiveLimits LIMITS = new ArchiveLimits(2_000, 1 << 20, 4 << 20, 20, 500);
  private static final Instant NOW = Instant.parse("2026-11-24T07:12:00Z");

  private ArchiveFuzz() {}

  /// The entry that Jazzer looks for.
  public static void fuzzerTestOneInput(byte[] data) throws IOException {
    try {
      read(data);
    } catch (IOException | UncheckedIOException _) {
      // As it should be.
    }
  }

  /// Reads all that is in it.
  ///
  /// @throws IOException when it is no archive
  static void read(byte[] data) throws IOException {
    if (data.length == 0) {
      return;
    }
    var rest = Arrays.copyOfRange(data, 1, data.length);
    switch (data[0] & 3) {
      case 0 -> file(rest);
      case 1 -> file(TarBytes.gzip(rest));
      case 2 -> ArchiveIndex.read(new ByteArrayInputStream(rest), LIMITS);
      default -> named(rest);
    }
  }

  private static void file(byte[] content) throws IOException {
    var file = Files.createTempFile("fuzz", "");
    try {
      Files.write(file, content);
      try (var reader = ArchiveReader.open(file, LIMITS, Identities.none())) {
        var index = reader.index();
        if (index.isPresent()) {
          Verification.of(reader);
        }
        for (var path : reader.paths()) {
          try (var in = reader.open(path)) {
            in.skipNBytes(reader.size(path));
          }
        }
        snapshot(reader);
      }
    } finally {
      Files.delete(file);
    }
  }

  /// Names and contents of files by turns, between zero bytes.
  private static void named(byte[] content) throws IOException {
    var parts = new String(content, StandardCharsets.ISO_8859_1).split("\0", -1);
    var files = new TreeMap<String, byte[]>();
    for (var i = 0; i + 1 < parts.length; i += 2) {
      files.put(LIMITS.checked(parts[i]), parts[i + 1].getBytes(StandardCharsets.ISO_8859_1));
    }
    snapshot(new InMemory(files));
  }

  private static void snapshot(ArchiveReader archive) throws IOException {
    try (var snapshot = Snapshot.of(archive, NOW)) {
      for (var cluster : snapshot.clusters()) {
        for (var kind : ResourceKind.values()) {
          cluster.all(kind);
        }
      }
      for (var path : snapshot.archive().paths()) {
        try (var in = snapshot.archive().open(path)) {
          in.readAllBytes();
        }
      }
    }
  }

  /// An archive that lies nowhere.
  private record InMemory(TreeMap<String, byte[]> files) implements ArchiveReader {
    @Override
    public SequencedSet<String> paths() {
      return files.sequencedKeySet();
    }

    @Override
    public long size(String path) throws IOException {
      return content(path).length;
    }

    @Override
    public InputStream open(String path) throws IOException {
      return new ByteArrayInputStream(content(path));
    }

    private byte[] content(String path) throws IOException {
      var content = files.get(path);
      if (content == null) {
        throw new NoSuchFileException(path);
      }
      return content;
    }

    @Override
    public String name() {
      return "in memory";
    }

    @Override
    public void close() {
      // Nothing is open.
    }
  }
}
