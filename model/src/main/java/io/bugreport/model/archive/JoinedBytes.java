package io.bugreport.model.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// The parts of an archive as if they were joined.
final class JoinedBytes extends StoredBytes {
  private final List<StoredBytes> parts = new ArrayList<>();

  /// Where each part begins, and where the last one ends.
  private final List<Long> starts = new ArrayList<>();

  private JoinedBytes() {}

  /// Opens all parts that follow one another.
  ///
  /// @throws ArchiveException when this is not the first one, or one amid them is missing
  static JoinedBytes of(Path first) throws IOException {
    if (!Files.exists(first)) {
      throw new NoSuchFileException(first.toString());
    }
    if (Parts.number(first) != 1) {
      throw new ArchiveException(
          first + " is a part of an archive; name its first: " + Parts.sibling(first, 1));
    }
    var joined = new JoinedBytes();
    try {
      var start = 0L;
      var number = 1;
      for (var part = first; Files.exists(part); part = Parts.sibling(first, ++number)) {
        var bytes = new FileBytes(part);
        joined.parts.add(bytes);
        joined.starts.add(start);
        start += bytes.size();
      }
      joined.starts.add(start);
      refuseGap(first, number);
      return joined;
    } catch (IOException | RuntimeException e) {
      joined.close();
      throw e;
    }
  }

  /// @param missing the number of the first part that is not there
  private static void refuseGap(Path first, int missing) throws IOException {
    var folder = first.toAbsolutePath().getParent();
    if (folder == null || missing > 999) {
      return;
    }
    var absent = Parts.sibling(first, missing);
    var stem = Parts.name(first).substring(0, Parts.name(first).length() - 3);
    try (var others = Files.newDirectoryStream(folder)) {
      for (var other : others) {
        if (Parts.isPart(other)
            && Parts.name(other).startsWith(stem)
            && Parts.name(other).length() == Parts.name(first).length()
            && Parts.number(other) > missing) {
          throw missing(absent);
        }
      }
    }
  }

  private static ArchiveException missing(Path part) {
    return new ArchiveException(
        part + " is missing, a part of the archive; put it beside the others");
  }

  /// Why an archive does not go on to its regular end: parts are missing, or the last was cut off.
  ///
  /// @param first the first part
  static ArchiveException cutOff(Path first) {
    var number = 2;
    while (Files.exists(Parts.sibling(first, number))) {
      number++;
    }
    return new ArchiveException(
        "the archive goes on after "
            + Parts.name(Parts.sibling(first, number - 1))
            + ": "
            + Parts.sibling(first, number)
            + " is missing, or a part was cut off. Put it beside the others; without it, join them"
            + " with cat and run: bug-report repair");
  }

  @Override
  long size() {
    return starts.getLast();
  }

  @Override
  int read(long at, byte[] buffer, int offset, int length) throws IOException {
    var part = Collections.binarySearch(starts, at);
    var index = part < 0 ? -part - 2 : part;
    while (index < parts.size()) {
      var within = at - starts.get(index);
      var room = starts.get(index + 1) - at;
      if (room > 0) {
        return parts.get(index).read(within, buffer, offset, (int) Math.min(length, room));
      }
      index++; // an empty part
    }
    return -1;
  }

  @Override
  public void close() throws IOException {
    for (var part : parts) {
      part.close();
    }
  }
}
