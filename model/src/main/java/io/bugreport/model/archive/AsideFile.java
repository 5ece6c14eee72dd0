package io.bugreport.model.archive;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/// A place beside an archive for a file that may take its place. Whatever still lies there when
/// this is closed is removed; after a kill, the next writer beside that archive removes it.
public final class AsideFile implements Closeable {
  private final SpillFolder folder;
  private final Path path;

  private AsideFile(SpillFolder folder, Path path) {
    this.folder = folder;
    this.path = path;
  }

  /// Makes a private folder for it, on the file system of the archive.
  public static AsideFile of(Path archive) throws IOException {
    var parent = Objects.requireNonNull(archive.toAbsolutePath().getParent(), "a file's folder");
    Files.createDirectories(parent);
    var folder = SpillFolder.in(parent);
    return new AsideFile(folder, folder.path().resolve("entry-" + archive.getFileName()));
  }

  /// Where it goes; nothing is there yet.
  public Path path() {
    return path;
  }

  @Override
  public void close() throws IOException {
    folder.close();
  }
}
