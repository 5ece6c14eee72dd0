package io.bugreport.collector.machine;

import java.io.IOException;
import java.io.Reader;
import org.jspecify.annotations.Nullable;

/// Lines of what a program complains about, each cut to a bounded length.
final class Lines {
  private static final int LENGTH = 500;

  private Lines() {}

  /// The next line, or null at the end.
  static @Nullable String next(Reader from) throws IOException {
    var line = new StringBuilder();
    for (var c = from.read(); c >= 0; c = from.read()) {
      if (c == '\n') {
        return line.toString();
      }
      if (line.length() < LENGTH) {
        line.append((char) c);
      }
    }
    return line.isEmpty() ? null : line.toString();
  }
}
