package io.bugreport.model.archive;

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Parts of an archive for where one file would be too large: `NAME.tar.gz.001` and so on, which
/// `cat NAME.tar.gz.*` joins.
public final class Parts {
  /// Three digits, so that a shell lists them in their order.
  private static final int MOST = 999;

  private static final Pattern NAME = Pattern.compile("(.+)\\.(\\d{3})");

  private Parts() {}

  /// Whether a file is called like a part.
  public static boolean isPart(Path file) {
    return NAME.matcher(name(file)).matches();
  }

  static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  /// The number of a part, from 1.
  static int number(Path part) {
    return Integer.parseInt(name(part).substring(name(part).length() - 3));
  }

  /// Another part of the same archive.
  static Path sibling(Path part, int number) {
    return numbered(part.resolveSibling(name(part).substring(0, name(part).length() - 4)), number);
  }

  private static Path numbered(Path archive, int number) {
    return archive.resolveSibling("%s.%03d".formatted(name(archive), number));
  }

  /// Cuts a file into parts, from its end on, so that it needs the room of one part more. A kill
  /// amid that loses nothing: each part is whole before the file gets shorter.
  ///
  /// @param size bytes of each part but the last
  /// @return the parts; the file itself where it is no larger than one
  /// @throws ArchiveException when there would be too many
  /// @throws FileAlreadyExistsException when one of them is there
  public static List<Path> split(Path file, long size) throws IOException {
    var length = Files.size(file);
    if (length <= size) {
      return List.of(file);
    }
    var count = (length + size - 1) / size;
    if (count > MOST) {
      throw new ArchiveException(
          file
              + " would be "
              + count
              + " parts, and more than "
              + MOST
              + " are too many; name a larger size");
    }
    List<Path> parts = new ArrayList<>();
    for (var number = 1; number <= count; number++) {
      var part = numbered(file, number);
      if (Files.exists(part, LinkOption.NOFOLLOW_LINKS)) {
        throw new FileAlreadyExistsException(part.toString());
      }
      parts.add(part);
    }
    for (var number = (int) count; number > 1; number--) {
      cut(file, (number - 1) * size, parts.get(number - 1));
    }
    Files.move(file, parts.getFirst());
    return parts;
  }

  /// Moves what lies behind an offset to a file of its own.
  private static void cut(Path file, long at, Path part) throws IOException {
    PrivateFiles.create(part);
    try (var in = new FileInputStream(file.toFile());
        var out = new FileOutputStream(part.toFile())) {
      in.skipNBytes(at);
      in.transferTo(out);
      out.getFD().sync();
    }
    try (var whole = new RandomAccessFile(file.toFile(), "rw")) {
      whole.setLength(at);
    }
  }
}
