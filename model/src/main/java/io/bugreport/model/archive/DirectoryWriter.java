package io.bugreport.model.archive;

import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/// Writes an archive as a folder.
final class DirectoryWriter implements ArchiveWriter {
  /// Where entries grow until they are committed by a move. Its name cannot be an entry's.
  static final String UNFINISHED = ".unfinished/";

  private final Path target;
  private final Path unfinished;
  private final Redaction redaction;
  private final Set<String> names = new HashSet<>();
  private boolean closed;

  DirectoryWriter(Path target, Redaction redaction) throws IOException {
    this.target = target;
    this.redaction = redaction;
    PrivateFiles.createDirectory(target);
    this.unfinished = PrivateFiles.createDirectory(target.resolve(UNFINISHED));
  }

  @Override
  public EntryStream open(String path) throws IOException {
    ArchiveLimits.standard().checked(path);
    if (path.startsWith(UNFINISHED)) {
      throw new ArchiveException("the folder " + UNFINISHED + " is not for entries");
    }
    synchronized (names) {
      if (closed) {
        throw new IOException("the archive is closed; " + path + " came too late");
      }
      if (!names.add(path)) {
        throw new FileAlreadyExistsException(path);
      }
    }
    var file = target.resolve(path);
    Files.createDirectories(file.toAbsolutePath().getParent());
    var part = Files.createTempFile(unfinished, "entry", "");
    // Not a channel: an interrupt would close that, and lose what was written.
    var raw = new FileOutputStream(part.toFile());
    var committing =
        new BufferedOutputStream(raw, 1 << 16) {
          @Override
          public void close() throws IOException {
            super.close();
            commit(part, file, path);
          }
        };
    return new EntryStream(
        redaction.redact(path, committing),
        () -> {
          raw.close();
          Files.deleteIfExists(part);
        });
  }

  private void commit(Path part, Path file, String path) throws IOException {
    synchronized (names) {
      if (closed) {
        throw new IOException("the archive is closed; " + path + " came too late");
      }
      Files.move(part, file);
    }
  }

  @Override
  public ArchiveReader written() throws IOException {
    return new DirectoryReader(target, ArchiveLimits.standard());
  }

  @Override
  public Path target() {
    return target;
  }

  @Override
  public void close() throws IOException {
    synchronized (names) {
      if (closed) {
        return;
      }
      closed = true;
      try (var left = Files.list(unfinished)) {
        for (var part : left.toList()) {
          Files.deleteIfExists(part);
        }
      }
      Files.deleteIfExists(unfinished);
    }
  }
}
