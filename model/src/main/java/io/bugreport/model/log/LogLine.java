package io.bugreport.model.log;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/// A line of a container's log, without the time that the kubelet writes before it.
///
/// @param kubeletTime that time as written; empty where there is none
/// @param text what the container wrote
public record LogLine(String kubeletTime, String text) {
  private static final int SHORTEST_TIME = 20;
  private static final String STDOUT = "stdout F ";
  private static final String STDERR = "stderr F ";

  /// Takes the kubelet's time off a line, and the marks of the format of its files (CRI) where a
  /// node's own file was collected.
  public static LogLine of(String line) {
    var space = line.indexOf(' ');
    if (space < SHORTEST_TIME || line.charAt(space - 1) != 'Z' || line.charAt(10) != 'T') {
      return new LogLine("", line);
    }
    var text = line.substring(space + 1);
    if (text.startsWith(STDOUT) || text.startsWith(STDERR)) {
      text = text.substring(STDOUT.length());
    }
    return new LogLine(line.substring(0, space), text);
  }

  /// When it was written.
  public Optional<Instant> time() {
    try {
      return kubeletTime.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(kubeletTime));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }
}
