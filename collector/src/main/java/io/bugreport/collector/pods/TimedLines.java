package io.bugreport.collector.pods;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The lines of a log that were written in a window of time. Lines are in their order, so the log
/// ends with the first line that is too late. A line without a time goes with the one before.
final class TimedLines extends InputStream {
  private static final int LONGEST = 256 << 10;

  private final InputStream in;
  private final @Nullable Instant after;
  private final @Nullable Instant until;
  private byte[] line = new byte[0];
  private int position;
  private boolean begun;
  private boolean middle;
  private boolean tooLate;
  private boolean ended;

  /// @param after no line up to this; null for all
  /// @param until no line after this; null for all
  TimedLines(InputStream in, @Nullable Instant after, @Nullable Instant until) {
    this.in = new BufferedInputStream(in, 16 << 10);
    this.after = after;
    this.until = until;
    this.begun = after == null;
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, buffer.length);
    if (length == 0) {
      return 0;
    }
    while (position == line.length) {
      if (!next()) {
        return -1;
      }
    }
    var count = Math.min(length, line.length - position);
    System.arraycopy(line, position, buffer, offset, count);
    position += count;
    return count;
  }

  /// Reads a line, or a part of a very long one, and keeps it if it is in the window.
  private boolean next() throws IOException {
    if (ended) {
      return false;
    }
    var bytes = new ByteArrayOutputStream();
    var b = in.read();
    while (b >= 0) {
      bytes.write(b);
      if (b == '\n' || bytes.size() == LONGEST) {
        break;
      }
      b = in.read();
    }
    ended = b < 0;
    var read = bytes.toByteArray();
    if (!middle) {
      LineTimes.timeOf(read, read.length).ifPresent(this::judge);
    }
    middle = b >= 0 && b != '\n';
    line = begun && !tooLate ? read : new byte[0];
    position = 0;
    ended |= tooLate;
    return line.length > 0 || !ended;
  }

  private void judge(Instant time) {
    begun |= after == null || time.isAfter(after);
    tooLate = until != null && time.isAfter(until);
  }
}
