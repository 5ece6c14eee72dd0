package io.bugreport.model.archive;

import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;

/// Writes an archive as a folder.
final class DirectoryWriter implements ArchiveWriter {
  /// Where entries grow until they are committed by a move. Its name cannot be an entry's.
  static final String UNFINISHED = ".unfinished/";

  private final Path target;
  private final String root;
  private final Path unfinished;
  private final Redaction redaction;
  private final Set<String> names = new HashSet<>();
  private final TreeMap<String, IndexedEntry> committed = new TreeMap<>();
  private boolean closed;

  DirectoryWriter(Path target, String root, Redaction redaction) throws IOException {
    this.target = target;
    this.root = root;
    this.redaction = redaction;
    PrivateFiles.createDirectory(target);
    this.unfinished = PrivateFiles.createDirectory(target.resolve(UNFINISHED));
  }

  @Override
  public String name(String path) {
    return redaction.name(path);
  }

  @Override
  public EntryStream open(String asked) throws IOException {
    ArchiveLimits.standard().checked(asked);
    var path = name(asked);
    if (path.equals(Layout.INDEX)) {
      throw new ArchiveException(Layout.INDEX + " is written when the archive is closed");
    }
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
    var sha256 = Sha256.start();
    var committing =
        new BufferedOutputStream(new DigestOutputStream(raw, sha256), 1 << 16) {
          @Override
          public void close() throws IOException {
            super.close();
            commit(part, file, path, sha256);
          }
        };
    return new EntryStream(
        redaction.redact(path, committing),
        () -> {
          raw.close();
          Files.deleteIfExists(part);
        });
  }

  private void commit(Path part, Path file, String path, MessageDigest sha256) throws IOException {
    synchronized (names) {
      if (closed) {
        throw new IOException("the archive is closed; " + path + " came too late");
      }
      Files.move(part, file);
      committed.put(
          path, new IndexedEntry(path, null, null, null, Files.size(file), Sha256.hex(sha256)));
    }
  }

  @Override
  public SequencedMap<String, String> checksums() {
    synchronized (names) {
      return ArchiveIndex.checksums(committed);
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
      writeIndex();
      Files.deleteIfExists(unfinished);
    }
  }

  private void writeIndex() throws IOException {
    var part = Files.createTempFile(unfinished, "index", "");
    try (var out = new BufferedOutputStream(new FileOutputStream(part.toFile()))) {
      ArchiveIndex.of(root, committed).write(out);
    }
    Files.move(part, target.resolve(Layout.INDEX));
  }
}
