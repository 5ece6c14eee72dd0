package io.bugreport.report.logs;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Reads lines of a log one at a time. A line longer than the limit is cut, so that no log, however
/// hostile, fills the memory.
final class Lines implements Closeable {
  private static final int LIMIT = 2048;

  private final InputStream in;
  private final byte[] buffer = new byte[1 << 16];
  private final byte[] line = new byte[LIMIT];
  private int at;
  private int filled;

  Lines(InputStream in) {
    this.in = in;
  }

  /// The next line without its end; null after the last.
  @Nullable String next() throws IOException {
    var length = 0;
    var any = false;
    while (true) {
      if (at == filled) {
        filled = in.read(buffer);
        at = 0;
        if (filled <= 0) {
          filled = 0;
          return any ? text(length) : null;
        }
      }
      any = true;
      var b = buffer[at++];
      if (b == '\n') {
        return text(length);
      }
      if (length < LIMIT) {
        line[length++] = b;
      }
    }
  }

  private String text(int length) {
    var end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
    return new String(line, 0, end, StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
