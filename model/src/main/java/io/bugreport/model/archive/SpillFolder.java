package io.bugreport.model.archive;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// The private folder of one writer, beside its archive: the system's temporary folder is often
/// memory. A killed process leaves it behind; the next writer beside that archive removes it.
///
/// As long as the process lives it holds a lock on the file `lock` in the folder, which the
/// operating system gives back however the process ends.
final class SpillFolder implements Closeable {
  private static final String PREFIX = ".bug-report-";
  private static final String LOCK = "lock";
  private static final String SPILLS = "entry*";

  private final Path path;
  private final @Nullable FileChannel lock;

  private SpillFolder(Path path, @Nullable FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /// Makes one, and removes those that dead processes left here.
  static SpillFolder in(Path parent) throws IOException {
    removeLeftOvers(parent);
    var path = Files.createTempDirectory(parent, PREFIX + ProcessHandle.current().pid() + "-");
    return new SpillFolder(path, lock(path));
  }

  Path path() {
    return path;
  }

  /// Locks the folder. The file has its name only once it is locked, so that nobody else takes it.
  ///
  /// @return null where the file system knows no locks: then nobody removes the folder either
  private static @Nullable FileChannel lock(Path folder) throws IOException {
    var unlocked = Files.createFile(folder.resolve(LOCK + ".new"));
    var file = FileChannel.open(unlocked, StandardOpenOption.WRITE);
    try {
      if (file.tryLock() != null) {
        Files.move(unlocked, folder.resolve(LOCK), StandardCopyOption.ATOMIC_MOVE);
        return file;
      }
    } catch (IOException _) {
      // As on some network file systems: the archive matters more than a folder that may stay.
    }
    file.close();
    Files.deleteIfExists(unlocked);
    return null;
  }

  /// Removes the folders that dead processes left in this one. Whatever else is in it stays: links,
  /// folders without a lock file, and files that no writer makes.
  static void removeLeftOvers(Path parent) throws IOException {
    try (var folders = Files.newDirectoryStream(parent, PREFIX + "*-*")) {
      for (var folder : folders) {
        var lock = folder.resolve(LOCK);
        if (!isOfThisProcess(folder)
            && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
            && Files.isRegularFile(lock, LinkOption.NOFOLLOW_LINKS)
            && Files.isWritable(lock)) {
          removeIfDead(folder, lock);
        }
      }
    }
  }

  /// To open and close a lock file of this process would give its lock back.
  private static boolean isOfThisProcess(Path folder) {
    return String.valueOf(folder.getFileName())
        .startsWith(PREFIX + ProcessHandle.current().pid() + "-");
  }

  private static void removeIfDead(Path folder, Path lock) throws IOException {
    try (var file = FileChannel.open(lock, StandardOpenOption.WRITE)) {
      if (file.tryLock() == null) {
        return;
      }
      removeLeftOvers(folder); // of one that wrote an archive in here
      removeSpills(folder);
      Files.deleteIfExists(lock);
    } catch (OverlappingFileLockException | NoSuchFileException _) {
      return; // another writer is removing it at this moment
    }
    removeIfEmpty(folder);
  }

  private static void removeSpills(Path folder) throws IOException {
    try (DirectoryStream<Path> spills = Files.newDirectoryStream(folder, SPILLS)) {
      for (var spill : spills) {
        if (Files.isRegularFile(spill, LinkOption.NOFOLLOW_LINKS)) {
          Files.deleteIfExists(spill);
        }
      }
    }
  }

  private static void removeIfEmpty(Path folder) throws IOException {
    try (var rest = Files.list(folder)) {
      if (rest.findAny().isPresent()) {
        return;
      }
    }
    Files.deleteIfExists(folder);
  }

  /// Removes the folder.
  @Override
  public void close() throws IOException {
    removeSpills(path);
    if (lock != null) {
      // Before its release: nobody else may find it free.
      Files.deleteIfExists(path.resolve(LOCK));
      lock.close();
    }
    Files.deleteIfExists(path);
  }
}
