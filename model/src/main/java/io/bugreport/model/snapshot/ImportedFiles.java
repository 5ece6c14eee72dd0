package io.bugreport.model.snapshot;

import io.bugreport.model.archive.ArchiveException;
import io.bugreport.model.archive.ArchiveFormat;
import io.bugreport.model.archive.ArchiveReader;
import io.bugreport.model.archive.ArchiveWriter;
import io.bugreport.model.archive.Redaction;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedSet;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Another tool's archive, seen in our layout. Files that hold what belongs to one place are only
/// renamed; those that hold more are taken apart once, into a private folder that goes with this.
final class ImportedFiles implements ArchiveReader {
  private final ArchiveReader original;
  private final TreeMap<String, String> renamed = new TreeMap<>();
  private final Set<String> parts = new HashSet<>();
  private final Map<String, Mark> marked = new HashMap<>();
  private @Nullable Path folder;
  private @Nullable ArchiveWriter writer;
  private @Nullable ArchiveReader taken;

  ImportedFiles(ArchiveReader original) {
    this.original = original;
  }

  /// Shows a file at its place. The first one there wins.
  void rename(String path, String place) {
    if (!parts.contains(place)) {
      renamed.putIfAbsent(place, path);
    }
  }

  /// Puts a part of a file at its place. The first one there wins.
  void put(String place, byte[] part) throws IOException {
    try (var out = part(place)) {
      out.write(part);
    }
  }

  /// Opens the place of a part of a file. The first one there wins; what is written for a second
  /// one is dropped.
  ///
  /// It is not redacted: the file that it is a part of is on this machine as well.
  OutputStream part(String place) throws IOException {
    return renamed.containsKey(place) || !parts.add(place)
        ? OutputStream.nullOutputStream()
        : parts().open(place);
  }

  /// Says that what lies at a place is not all that there was.
  void mark(String place, Outcome outcome, String reason) {
    marked.putIfAbsent(place, new Mark(outcome, reason));
  }

  /// What came of a place, where it is not whole.
  Optional<Mark> mark(String place) {
    return Optional.ofNullable(marked.get(place));
  }

  /// Why a file is not whole.
  record Mark(Outcome outcome, String reason) {}

  private ArchiveWriter parts() throws IOException {
    var out = writer;
    if (out == null) {
      if (original.isSealed()) {
        throw new ArchiveException(
            name()
                + " is encrypted, and holds another tool's files, which are taken apart on the disk;"
                + " decrypt it yourself: age -d");
      }
      var made = Files.createTempDirectory("bug-report-import-");
      folder = made;
      out =
          ArchiveWriter.create(
              made.resolve("parts"),
              "parts",
              ArchiveFormat.DIRECTORY,
              Instant.EPOCH,
              Redaction.none());
      writer = out;
    }
    return out;
  }

  /// Ends the import.
  void finish() throws IOException {
    var out = writer;
    if (out != null) {
      out.close();
      taken = ArchiveReader.open(out.target());
    }
  }

  @Override
  public SequencedSet<String> paths() {
    var all = new java.util.TreeSet<>(renamed.keySet());
    all.addAll(parts);
    return Collections.unmodifiableSequencedSet(all);
  }

  @Override
  public boolean has(String path) {
    return renamed.containsKey(path) || parts.contains(path);
  }

  @Override
  public long size(String path) throws IOException {
    var own = renamed.get(path);
    return own == null ? taken(path).size(path) : original.size(own);
  }

  @Override
  public InputStream open(String path) throws IOException {
    var own = renamed.get(path);
    return own == null ? taken(path).open(path) : original.open(own);
  }

  private ArchiveReader taken(String path) throws NoSuchFileException {
    var reader = taken;
    if (reader == null) {
      throw new NoSuchFileException(path);
    }
    return reader;
  }

  @Override
  public OptionalLong packedSize(String path) throws IOException {
    var own = renamed.get(path);
    return own == null ? OptionalLong.empty() : original.packedSize(own);
  }

  @Override
  public boolean isSealed() {
    return original.isSealed();
  }

  @Override
  public boolean isComplete() {
    return original.isComplete();
  }

  @Override
  public Optional<Instant> time() {
    return original.time();
  }

  @Override
  public String name() {
    return original.name();
  }

  @Override
  public void close() throws IOException {
    try (original) {
      if (writer != null) {
        writer.close();
      }
    } finally {
      remove(folder);
    }
  }

  private static void remove(@Nullable Path folder) throws IOException {
    if (folder == null || !Files.exists(folder)) {
      return;
    }
    try (var all = Files.walk(folder)) {
      for (var path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
