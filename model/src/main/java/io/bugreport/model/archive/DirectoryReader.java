package io.bugreport.model.archive;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collections;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.TreeSet;

/// Reads an archive that is a folder. Links are not followed: they could lead out of it.
final class DirectoryReader implements ArchiveReader {
  private final Path root;
  private final TreeSet<String> paths = new TreeSet<>();

  DirectoryReader(Path root, ArchiveLimits limits) throws IOException {
    this.root = root;
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          private long total;

          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return folder.equals(root.resolve(DirectoryWriter.UNFINISHED))
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (attributes.isRegularFile()) {
              var path = root.relativize(file).toString().replace(File.separatorChar, '/');
              limits.checkSize(path, attributes.size());
              total += attributes.size();
              if (path.equals(Layout.INDEX)) {
                return FileVisitResult.CONTINUE;
              }
              paths.add(limits.checked(path));
              limits.checkTotals(paths.size(), total);
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }

  @Override
  public SequencedSet<String> paths() {
    return Collections.unmodifiableSequencedSet(paths);
  }

  @Override
  public long size(String path) throws IOException {
    return Files.size(existing(path));
  }

  @Override
  public InputStream open(String path) throws IOException {
    return Files.newInputStream(existing(path), LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  public Optional<ArchiveIndex> index() throws IOException {
    var file = root.resolve(Layout.INDEX);
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    try (var in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.of(ArchiveIndex.read(in, ArchiveLimits.standard()));
    }
  }

  private Path existing(String path) throws NoSuchFileException {
    if (!paths.contains(path)) {
      throw new NoSuchFileException(path);
    }
    return root.resolve(path);
  }

  @Override
  public String name() {
    return root.toString();
  }

  @Override
  public void close() {
    // A folder holds nothing open.
  }
}
