package io.bugreport.model.archive;

import io.bugreport.model.seal.Identities;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedSet;

/// Reads an archive in place. Archives are hostile input: paths cannot leave the archive, and sizes
/// are limited by [ArchiveLimits].
public interface ArchiveReader extends Closeable {

  /// Opens a folder, or a `.tar.gz`, `.tgz`, `.tar.zst` or `.zip` file, or the first part of one.
  /// The content tells which, not the name.
  ///
  /// @throws ArchiveException when it is no archive, or one that breaks a limit
  static ArchiveReader open(Path source) throws IOException {
    return open(source, ArchiveLimits.standard());
  }

  /// Opens an archive under the given limits.
  static ArchiveReader open(Path source, ArchiveLimits limits) throws IOException {
    return open(source, limits, Identities.none());
  }

  /// Opens an archive that may be encrypted.
  ///
  /// @param identities what opens it, if it is
  static ArchiveReader open(Path source, ArchiveLimits limits, Identities identities)
      throws IOException {
    if (Files.isDirectory(source)) {
      return new DirectoryReader(source, limits);
    }
    if (!Files.exists(source)) {
      throw new NoSuchFileException(source.toString());
    }
    return Container.open(source, limits, identities);
  }

  /// Whether a file begins as an archive of some kind does.
  static boolean isArchive(Path file) throws IOException {
    return Container.isKnown(file);
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

  /// About how many bytes an entry takes in the archive's file, its header included.
  ///
  /// @return empty where entries take none of their own, or nobody knows
  default OptionalLong packedSize(String path) throws IOException {
    return OptionalLong.empty();
  }

  /// Whether the archive is encrypted. What is read of it must then be written nowhere in plain
  /// text without the user's word.
  default boolean isSealed() {
    return false;
  }

  /// Where the archive lies, for messages.
  String name();
}
