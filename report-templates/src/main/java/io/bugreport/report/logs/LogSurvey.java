package io.bugreport.report.logs;

import io.bugreport.model.archive.Layout;
import io.bugreport.model.snapshot.Snapshot;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Reads all logs once. Memory is bounded by how many patterns and bursts are kept, time by how
/// many bytes are read; what was passed over is noted.
public final class LogSurvey {
  private static final int PATTERNS = 4_000;
  private static final int BURSTS = 20_000;
  private static final long OF_ONE = 4L << 20;
  private static final long OF_ALL = 256L << 20;

  private record Key(
      Level level, String cluster, String namespace, String writer, String template) {}

  private static final class Tally {
    private final String example;
    private final String path;
    private long count;
    private String first = "";
    private String last = "";

    Tally(String example, String path) {
      this.example = example;
      this.path = path;
    }

    void add(String time) {
      count++;
      if (time.isEmpty()) {
        return;
      }
      if (first.isEmpty() || time.compareTo(first) < 0) {
        first = time;
      }
      if (time.compareTo(last) > 0) {
        last = time;
      }
    }
  }

  private final Map<Key, Tally> patterns = new HashMap<>();
  private final Map<String, Burst> bursts = new TreeMap<>();
  private final List<String> notes = new ArrayList<>();
  private long read;
  private long cut;
  private long passedOver;
  private long lines;
  private long unkept;

  private LogSurvey() {}

  /// Reads the logs of all containers.
  public static LogSurvey of(Snapshot snapshot) {
    var survey = new LogSurvey();
    for (var path : snapshot.archive().paths()) {
      if (path.endsWith(".log")) {
        Layout.containerFile(path).ifPresent(file -> survey.read(snapshot, path, file));
      }
    }
    survey.sum();
    return survey;
  }

  private void read(Snapshot snapshot, String path, Layout.ContainerFile file) {
    if (read >= OF_ALL) {
      passedOver++;
      return;
    }
    try {
      var size = snapshot.archive().size(path);
      try (var in = snapshot.archive().open(path)) {
        if (size > OF_ONE) {
          in.skipNBytes(size - OF_ONE);
          cut++;
        }
        read += Math.min(size, OF_ONE);
        var all = new Lines(in);
        for (var line = all.next(); line != null; line = all.next()) {
          add(line, path, file);
        }
      }
    } catch (IOException e) {
      notes.add(path + " cannot be read: " + e.getMessage());
    }
  }

  private void add(String line, String path, Layout.ContainerFile file) {
    lines++;
    var stamp = LogTime.length(line);
    var time = stamp == 0 ? "" : line.substring(0, Math.min(stamp, 19));
    var text = LogTime.without(line);
    if (text.isBlank()) {
      return;
    }
    var level = Level.of(text);
    var key = new Key(level, file.cluster(), file.namespace(), writer(file), Template.of(text));
    var known = patterns.get(key);
    if (known == null) {
      if (patterns.size() >= (level == Level.OTHER ? PATTERNS / 2 : PATTERNS)) {
        unkept++;
      } else {
        known = new Tally(text, path);
        patterns.put(key, known);
      }
    }
    if (known != null) {
      known.add(time);
    }
    if (level == Level.ERROR || isPush(text)) {
      burst(time, text, level, file);
    }
  }

  /// istiod writes so of a proxy that did not accept what it was sent, and Envoy of itself.
  private static boolean isPush(String text) {
    return text.contains("ACK ERROR")
        || text.contains("update rejected")
        || (text.contains("gRPC config for") && text.contains("rejected"));
  }

  private static String writer(Layout.ContainerFile file) {
    return PodName.workload(file.pod()) + "/" + file.container();
  }

  private void burst(String time, String text, Level level, Layout.ContainerFile file) {
    Instant minute;
    try {
      minute = Instant.parse(time + "Z").truncatedTo(ChronoUnit.MINUTES);
    } catch (DateTimeParseException _) {
      return;
    }
    var key =
        String.join(
            " ", minute.toString(), file.cluster(), file.namespace(), file.pod(), file.container());
    if (bursts.size() >= BURSTS && !bursts.containsKey(key)) {
      return;
    }
    var one =
        new Burst(
            file.cluster(),
            file.namespace(),
            file.pod(),
            file.container(),
            minute,
            level == Level.ERROR ? 1 : 0,
            isPush(text) ? 1 : 0,
            text);
    bursts.merge(
        key,
        one,
        (a, b) ->
            new Burst(
                a.cluster(),
                a.namespace(),
                a.pod(),
                a.container(),
                a.minute(),
                a.errors() + b.errors(),
                a.pushes() + b.pushes(),
                a.example()));
  }

  private void sum() {
    if (cut > 0) {
      notes.add("Of " + cut + " logs only the newest " + (OF_ONE >> 20) + " MiB are counted here.");
    }
    if (passedOver > 0) {
      notes.add(
          passedOver
              + " logs are not counted here: together they are too large to read for a page.");
    }
    if (unkept > 0) {
      notes.add(unkept + " lines of rare patterns are not listed.");
    }
  }

  /// All patterns, errors first. Of lines that are neither errors nor warnings only those that were
  /// written more than once.
  public List<LogPattern> patterns() {
    return patterns.entrySet().stream()
        .filter(entry -> entry.getKey().level() != Level.OTHER || entry.getValue().count > 1)
        .map(
            entry ->
                new LogPattern(
                    entry.getKey().level(),
                    entry.getKey().cluster(),
                    entry.getKey().namespace(),
                    entry.getKey().writer(),
                    entry.getKey().template(),
                    entry.getValue().example,
                    entry.getValue().count,
                    entry.getValue().first,
                    entry.getValue().last,
                    entry.getValue().path))
        .sorted(LogPattern.ORDER)
        .toList();
  }

  /// Errors and rejected pushes by minute and container, in time.
  public List<Burst> bursts() {
    return List.copyOf(bursts.values());
  }

  /// How many lines were read.
  public long lines() {
    return lines;
  }

  /// What could not be read, or was passed over.
  public List<String> notes() {
    return List.copyOf(notes);
  }
}
