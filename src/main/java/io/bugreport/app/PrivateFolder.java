package io.bugreport.app;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/// A folder that only its owner can read, for as long as an archive is under way elsewhere.
record PrivateFolder(Path path) implements Closeable {

  /// Makes one.
  ///
  /// @param parent where; null for the system's temporary folder
  static PrivateFolder in(@Nullable Path parent) throws IOException {
    if (parent == null) {
      return new PrivateFolder(Files.createTempDirectory("bug-report-out-"));
    }
    Files.createDirectories(parent);
    return new PrivateFolder(Files.createTempDirectory(parent, "bug-report-out-"));
  }

  @Override
  public void close() throws IOException {
    try (var all = Files.walk(path)) {
      for (var file : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
