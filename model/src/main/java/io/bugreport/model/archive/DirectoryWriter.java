package io.bugreport.model.archive;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;

/// Writes an archive as a folder.
final class DirectoryWriter implements ArchiveWriter {
  static final String UNFINISHED = ".unfinished";

  private final Path target;
  private final Redaction redaction;
  private final Set<String> names = new HashSet<>();

  DirectoryWriter(Path target, Redaction redaction) throws IOException {
    this.target = target;
    this.redaction = redaction;
    PrivateFiles.createDirectory(target);
  }

  @Override
  public EntryStream open(String path) throws IOException {
    synchronized (names) {
      if (!names.add(path)) {
        throw new FileAlreadyExistsException(path);
      }
    }
    var file = target.resolve(path);
    var part = target.resolve(path + UNFINISHED);
    Files.createDirectories(file.toAbsolutePath().getParent());
    var raw = Files.newOutputStream(PrivateFiles.create(part), StandardOpenOption.WRITE);
    var committing =
        new BufferedOutputStream(raw, 1 << 16) {
          @Override
          public void close() throws IOException {
            super.close();
            Files.move(part, file);
          }
        };
    return new EntryStream(
        redaction.redact(path, committing),
        () -> {
          raw.close();
          Files.delete(part);
        });
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
  public void close() {
    // Every entry was committed by its own close.
  }
}
