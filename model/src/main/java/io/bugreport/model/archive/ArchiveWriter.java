package io.bugreport.model.archive;

import io.bugreport.model.seal.Recipients;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.SequencedMap;

/// Writes an archive, entry by entry. Entries may be open at the same time on several threads; each
/// is committed whole when it is closed, so an interrupted run leaves every finished entry
/// readable.
public interface ArchiveWriter extends Closeable {

  /// Starts an archive.
  ///
  /// @param root the folder that every entry lies in, also the archive's name without suffix
  /// @param target the file or folder to make; it must not exist
  /// @param time the modification time of all entries, so that equal content makes equal bytes
  static ArchiveWriter create(
      Path target, String root, ArchiveFormat format, Instant time, Redaction redaction)
      throws IOException {
    return create(target, root, format, time, redaction, Recipients.none());
  }

  /// Starts an archive that only its recipients can read. Nothing of it lies anywhere in plain
  /// text, neither while it is written nor afterwards.
  ///
  /// @throws ArchiveException when the format cannot be encrypted
  static ArchiveWriter create(
      Path target,
      String root,
      ArchiveFormat format,
      Instant time,
      Redaction redaction,
      Recipients recipients)
      throws IOException {
    if (!recipients.isEmpty() && format != ArchiveFormat.TAR_GZ) {
      throw new ArchiveException(
          "only a tar.gz is encrypted, since it is read in place: the other formats would lie in"
              + " plain text somewhere; use --format tar.gz");
    }
    return switch (format) {
      case TAR_GZ -> new TarGzWriter(target, root, time, redaction, recipients);
      case TAR_ZST -> new TarZstWriter(target, root, time, redaction);
      case DIRECTORY -> new DirectoryWriter(target, root, redaction);
    };
  }

  /// Removes what killed processes left in this folder beside their archives, apart from the
  /// archives themselves.
  static void removeLeftOvers(Path folder) throws IOException {
    SpillFolder.removeLeftOvers(folder);
  }

  /// Opens an entry. It joins the archive when it is closed.
  ///
  /// @param path relative to the archive's root folder; see [Layout]. Where it holds a secret the
  ///   entry is called otherwise, see [#name(String)]
  /// @throws java.nio.file.FileAlreadyExistsException when an entry of this path was opened before
  EntryStream open(String path) throws IOException;

  /// The path under which an entry is kept: what was asked for, unless that holds a secret.
  String name(String path);

  /// Writes an entry that is at hand as a whole.
  default void write(String path, byte[] content) throws IOException {
    try (var entry = open(path)) {
      entry.write(content);
    }
  }

  /// Writes a short text entry.
  default void write(String path, String content) throws IOException {
    write(path, content.getBytes(StandardCharsets.UTF_8));
  }

  /// Reads back what was committed so far, while the archive is still being written. The reader
  /// sees the entries of this moment and stays usable until this writer is closed.
  ArchiveReader written() throws IOException;

  /// The SHA-256 of each entry that was committed so far, in lower-case hex, by path.
  SequencedMap<String, String> checksums();

  /// The file or folder being written.
  Path target();

  /// Ends the archive. Entries still open are lost; everything committed is kept.
  @Override
  void close() throws IOException;
}
