package io.bugreport.app;

import io.bugreport.collector.pods.LogWindow;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which part of the logs is collected.
final class LogFlags {
  @Option(
      names = "--since",
      paramLabel = "DURATION",
      converter = DurationText.class,
      description = "Logs no older than this, such as 30m or 2h.")
  @Nullable Duration since;

  @Option(
      names = "--start-time",
      paramLabel = "TIME",
      description = "Logs from this time on, such as 2026-11-24T02:00:00Z.")
  @Nullable Instant start;

  @Option(
      names = "--end-time",
      paramLabel = "TIME",
      description = "Logs up to this time. With --since, that is counted back from here.")
  @Nullable Instant end;

  @Option(
      names = "--tail",
      paramLabel = "LINES",
      description = "At most this many lines from the end of each log.")
  int tail;

  @Option(
      names = "--log-bytes",
      paramLabel = "SIZE",
      converter = SizeText.class,
      description = "Of a longer log, its beginning and its newest end are kept (default: 50Mi).")
  long bytes = LogWindow.defaults().bytes();

  @Option(
      names = "--log-total",
      paramLabel = "SIZE",
      converter = SizeText.class,
      description =
          "All logs together; those of control plane and gateways come first (default: 20Gi).")
  long total = LogWindow.defaults().totalBytes();

  /// @param now when the run starts
  LogWindow window(Instant now) {
    if (since != null && start != null) {
      throw new Failure(
          "--since and --start-time both say where logs begin", "Give one of the two.");
    }
    var begin = since == null ? start : (end == null ? now : end).minus(since);
    try {
      return new LogWindow(begin, end, tail, bytes, total);
    } catch (IllegalArgumentException e) {
      throw new Failure(String.valueOf(e.getMessage()), "See: bug-report collect --help");
    }
  }
}
