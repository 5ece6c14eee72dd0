package io.bugreport.app.collect;

import io.bugreport.app.pack.Packing;
import io.bugreport.model.archive.ArchiveFormat;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Where an archive goes.
///
/// @param folder where it is made
/// @param file its file; null where it is named after clusters and time
/// @param packing how it is packed
/// @param replace whether files that are there already may be replaced
public record Destination(Path folder, @Nullable Path file, Packing packing, boolean replace) {

  /// One that is packed as it comes.
  public Destination(Path folder, @Nullable Path file, ArchiveFormat format, boolean replace) {
    this(folder, file, Packing.plain(format), replace);
  }

  /// The archive's file or folder.
  ///
  /// @param name what it is called where no file is named, without suffix
  Path archive(String name) {
    return file == null ? folder.resolve(name + packing.suffix()) : file;
  }

  /// The report, beside the archive, so that it opens with a double click.
  Path page(String name) {
    var archive = archive(name);
    var stem = String.valueOf(archive.getFileName());
    for (var suffix : new String[] {packing.suffix(), packing.format().suffix(), ".tgz"}) {
      if (!suffix.isEmpty() && stem.endsWith(suffix)) {
        stem = stem.substring(0, stem.length() - suffix.length());
      }
    }
    return archive.resolveSibling(stem + ".html");
  }

  /// Makes way for a file.
  ///
  /// @throws FileAlreadyExistsException when it is there and may not be replaced
  void clear(Path path) throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    if (!replace || Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileAlreadyExistsException(path.toString());
    }
    Files.delete(path);
  }
}
