package io.bugreport.model.seal;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The lines of a key file, without comments.
final class KeyLines {
  private static final long LARGEST = 1 << 16;

  private KeyLines() {}

  static List<String> of(Path file) throws IOException {
    return text(file)
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .toList();
  }

  static String text(Path file) throws IOException {
    if (Files.isRegularFile(file) && Files.size(file) > LARGEST) {
      throw new KeyException(file + " is too large for a key");
    }
    try {
      return Files.readString(file);
    } catch (MalformedInputException e) {
      throw new KeyException(file + " is no key: it is not text", e);
    }
  }
}
