package io.bugreport.model.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/// Files and folders that only their owner may read, where the file system knows owners.
public final class PrivateFiles {
  private PrivateFiles() {}

  static Path create(Path file) throws IOException {
    return Files.createFile(file, attributes(file, "rw-------"));
  }

  /// Writes a new file.
  ///
  /// @throws java.nio.file.FileAlreadyExistsException when there is one already
  public static void copy(InputStream content, Path file) throws IOException {
    try (var out = Files.newOutputStream(create(file), StandardOpenOption.WRITE)) {
      content.transferTo(out);
    }
  }

  static Path createDirectory(Path folder) throws IOException {
    var parent = folder.toAbsolutePath().getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    return Files.createDirectory(folder, attributes(folder, "rwx------"));
  }

  private static FileAttribute<?>[] attributes(Path path, String permissions) {
    if (!path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return new FileAttribute<?>[0];
    }
    return new FileAttribute<?>[] {
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
    };
  }
}
