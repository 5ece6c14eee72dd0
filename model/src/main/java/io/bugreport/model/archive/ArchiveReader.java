package io.bugreport.model.archive;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.SequencedSet;

/// Reads an archive in place. Archives are hostile input: paths cannot leave the archive, and sizes
/// are limited by [ArchiveLimits].
public interface ArchiveReader extends Closeable {

  /// Opens a folder, or a `.tar.gz`, `.tgz`, `.tar.zst` or `.zip` file. The content tells which,
  /// not the name.
  ///
  /// @throws ArchiveException when it is no archive, or one that breaks a limit
  static ArchiveReader open(Path source) throws IOException {
    return open(source, ArchiveLimits.standard());
  }

  /// Opens an archive under the given limits.
  static ArchiveReader open(Path source, ArchiveLimits limits) throws IOException {
    if (Files.isDirectory(source)) {
      return new DirectoryReader(source, limits);
    }
    if (!Files.exists(source)) {
      throw new NoSuchFileException(source.toString());
    }
    byte[] start;
    try (var bytes = new StoredBytes(source)) {
      start = bytes.at(0, 4);
    }
    return ZipReader.isZip(start)
        ? ZipReader.open(source, limits)
        : TarGzReader.open(source, limits);
  }

  /// The paths of all entries without the archive's root folder, sorted.
  SequencedSet<String> paths();

  /// Whether there is an entry of this path.
  default boolean has(String path) {
    return paths().contains(path);
  }

  /// The size of an entry in bytes.
  ///
  /// @throws NoSuchFileException when there is none
  long size(String path) throws IOException;

  /// Opens an entry.
  ///
  /// @throws NoSuchFileException when there is none
  InputStream open(String path) throws IOException;

  /// What the archive says of itself: its entries with their checksums. It is not among the
  /// [#paths()].
  ///
  /// @return empty where it says nothing, as one that was cut off or that others made
  /// @throws ArchiveException when what it says cannot be read
  default Optional<ArchiveIndex> index() throws IOException {
    return Optional.empty();
  }

  /// When the archive was made, as its container says.
  default Optional<Instant> time() {
    return Optional.empty();
  }

  /// Whether the archive goes on to its regular end. One that was cut off, as by `kill -9`, still
  /// has every entry that was finished; what it lacks is then unseen, not absent.
  default boolean isComplete() {
    return true;
  }

  /// Where the archive lies, for messages.
  String name();
}
