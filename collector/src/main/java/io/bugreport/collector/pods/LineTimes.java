package io.bugreport.collector.pods;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/// Watches a log pass and remembers how many lines it has, and when its last whole line was
/// written: the kubelet puts that before each line when asked for `timestamps`.
final class LineTimes extends OutputStream {
  private static final int TIME = 40;

  private final ByteArrayOutputStream start = new ByteArrayOutputStream();
  private Optional<Instant> last = Optional.empty();
  private long lines;

  @Override
  public void write(int b) {
    if (b == '\n') {
      lines++;
      last = timeOf(start.toByteArray(), start.size()).or(() -> last);
      start.reset();
    } else if (start.size() < TIME) {
      start.write(b);
    }
  }

  @Override
  public void write(byte[] buffer, int offset, int length) {
    for (var i = offset; i < offset + length; i++) {
      write(buffer[i]);
    }
  }

  /// How many whole lines passed.
  long lines() {
    return lines;
  }

  /// When the last whole line with a time was written.
  Optional<Instant> last() {
    return last;
  }

  /// The time that a line begins with.
  static Optional<Instant> timeOf(byte[] line, int length) {
    var end = 0;
    while (end < Math.min(length, TIME) && line[end] != ' ' && line[end] != '\n') {
      end++;
    }
    try {
      return Optional.of(Instant.parse(new String(line, 0, end, StandardCharsets.US_ASCII)));
    } catch (DateTimeParseException _) {
      return Optional.empty();
    }
  }
}
