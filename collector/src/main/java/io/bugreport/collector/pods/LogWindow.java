package io.bugreport.collector.pods;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Which part of the logs is wanted.
///
/// Of a log that is longer than `bytes`, three quarters of that from its beginning and one quarter
/// from its newest end are kept, with a line between that says so. When all logs together reach
/// `totalBytes`, further ones are `skipped`; those of the control plane and of gateways come first.
///
/// @param since no line before this; null for all
/// @param until no line after this; null for all
/// @param tail lines from the end of each log; 0 for all
/// @param bytes at most this many of each log
/// @param totalBytes at most this many of all logs
public record LogWindow(
    @Nullable Instant since, @Nullable Instant until, int tail, long bytes, long totalBytes) {

  public LogWindow {
    require(tail >= 0, "a tail of " + tail + " lines");
    require(bytes > 0, "a limit of " + bytes + " bytes per log");
    require(totalBytes > 0, "a limit of " + totalBytes + " bytes for all logs");
    require(
        since == null || until == null || since.isBefore(until), "logs that begin after they end");
    require(
        tail == 0 || until == null,
        "the last lines of a log that ends before: a tail counts from the end that a log has now");
  }

  private static void require(boolean condition, String what) {
    if (!condition) {
      throw new IllegalArgumentException("cannot collect " + what);
    }
  }

  /// Whole logs up to 50 MiB, and 20 GiB in all.
  public static LogWindow defaults() {
    return new LogWindow(null, null, 0, 50L << 20, 20L << 30);
  }

  public LogWindow since(@Nullable Instant since) {
    return new LogWindow(since, until, tail, bytes, totalBytes);
  }

  public LogWindow until(@Nullable Instant until) {
    return new LogWindow(since, until, tail, bytes, totalBytes);
  }

  public LogWindow tail(int tail) {
    return new LogWindow(since, until, tail, bytes, totalBytes);
  }

  public LogWindow bytes(long bytes) {
    return new LogWindow(since, until, tail, bytes, totalBytes);
  }

  public LogWindow totalBytes(long totalBytes) {
    return new LogWindow(since, until, tail, bytes, totalBytes);
  }

  /// The bytes kept from the beginning of a log that is longer than `limit`.
  static long head(long limit) {
    return Math.max(1, limit - limit / 4);
  }
}
