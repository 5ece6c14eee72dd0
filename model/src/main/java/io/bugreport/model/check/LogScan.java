package io.bugreport.model.check;

import io.bugreport.model.archive.Layout;
import io.bugreport.model.archive.Layout.ContainerFile;
import io.bugreport.model.finding.Conclusion.Gap;
import io.bugreport.model.log.LogHits;
import io.bugreport.model.log.LogLine;
import io.bugreport.model.log.LogPattern;
import io.bugreport.model.resource.Location;
import io.bugreport.model.snapshot.Snapshot;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One pass over the logs of a snapshot for all patterns of all checks. Held are counts and a few
/// places, never lines: memory does not grow with the logs.
final class LogScan {
  /// What is past this of a line is not looked at.
  private static final int LONGEST_LINE = 16 << 10;

  private static final int KEYS = 50;
  private static final int PLACES = 3;
  private static final int EXAMPLE = 400;

  /// A pattern of a check.
  private record Wanted(String check, LogPattern pattern) {}

  private static final class Tally {
    private long count;
    private String first = "";
    private String last = "";
    private String example = "";
    private final List<Location> places = new ArrayList<>();
  }

  private final Map<Source, List<Wanted>> wanted = new EnumMap<>(Source.class);
  private final Map<Wanted, List<LogHits>> hits = new HashMap<>();
  private final Map<Source, List<Gap>> unreadable = new EnumMap<>(Source.class);

  private LogScan() {}

  /// Reads the logs that these checks look into, and no others.
  static LogScan of(Snapshot snapshot, List<CheckDefinition> checks) {
    var scan = new LogScan();
    for (var check : checks) {
      if (check.analyzer() instanceof LogAnalyzer analyzer) {
        for (var source : check.sources()) {
          for (var pattern : analyzer.patterns()) {
            scan.wanted
                .computeIfAbsent(source, _ -> new ArrayList<>())
                .add(new Wanted(check.id(), pattern));
          }
        }
      }
    }
    if (!scan.wanted.isEmpty()) {
      for (var cluster : snapshot.clusters()) {
        for (var path : cluster.files()) {
          Layout.containerFile(path).ifPresent(file -> scan.add(snapshot, path, file));
        }
      }
    }
    return scan;
  }

  /// What the pattern of a check found, in the order of the archive's files.
  List<LogHits> hits(String check, LogPattern pattern) {
    return hits.entrySet().stream()
        .filter(e -> e.getKey().check().equals(check))
        .filter(e -> e.getKey().pattern().id().equals(pattern.id()))
        .findFirst()
        .map(e -> List.copyOf(e.getValue()))
        .orElse(List.of());
  }

  /// The logs that could not be read.
  List<Gap> unreadable(Source source) {
    return unreadable.getOrDefault(source, List.of());
  }

  private void add(Snapshot snapshot, String path, ContainerFile file) {
    var source = Source.ofLog(file);
    var patterns = source.map(s -> wanted.getOrDefault(s, List.of())).orElse(List.of());
    if (patterns.isEmpty()) {
      return;
    }
    List<Map<String, Tally>> tallies = new ArrayList<>();
    patterns.forEach(_ -> tallies.add(new LinkedHashMap<>()));
    try (var in = snapshot.archive().open(path)) {
      read(in, (line, number) -> look(path, number, LogLine.of(line), patterns, tallies));
    } catch (IOException e) {
      unreadable
          .computeIfAbsent(source.orElseThrow(), _ -> new ArrayList<>())
          .add(new Gap(path, "cannot be read: " + e.getMessage()));
    }
    for (var i = 0; i < patterns.size(); i++) {
      var found = hits.computeIfAbsent(patterns.get(i), _ -> new ArrayList<>());
      tallies
          .get(i)
          .forEach(
              (key, t) ->
                  found.add(new LogHits(file, key, t.count, t.first, t.last, t.example, t.places)));
    }
  }

  private static void look(
      String path,
      int number,
      LogLine line,
      List<Wanted> patterns,
      List<Map<String, Tally>> tallies) {
    for (var i = 0; i < patterns.size(); i++) {
      var key = patterns.get(i).pattern().matcher().match(line);
      if (key.isPresent()) {
        var known = tallies.get(i);
        var tally =
            known.computeIfAbsent(
                known.size() < KEYS || known.containsKey(key.get()) ? key.get() : LogHits.OTHER,
                _ -> new Tally());
        if (tally.count == 0) {
          tally.first = line.kubeletTime();
          tally.example = line.text().substring(0, Math.min(EXAMPLE, line.text().length()));
        }
        tally.count++;
        tally.last = line.kubeletTime();
        if (tally.places.size() < PLACES) {
          tally.places.add(Location.ofLine(path, number));
        }
      }
    }
  }

  /// Takes a line and its number, from 1.
  @FunctionalInterface
  interface Lines {
    void accept(String line, int number);
  }

  /// Reads lines of any length without holding more than the beginning of each.
  static void read(InputStream in, Lines lines) throws IOException {
    var buffer = new byte[1 << 16];
    var line = new byte[LONGEST_LINE];
    var length = 0;
    var number = 1;
    for (var n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      var from = 0;
      for (var i = 0; i < n; i++) {
        if (buffer[i] == '\n') {
          length = keep(buffer, from, i, line, length);
          lines.accept(new String(line, 0, length, StandardCharsets.UTF_8), number++);
          length = 0;
          from = i + 1;
        }
      }
      length = keep(buffer, from, n, line, length);
    }
    if (length > 0) {
      lines.accept(new String(line, 0, length, StandardCharsets.UTF_8), number);
    }
  }

  private static int keep(byte[] buffer, int from, int to, byte[] line, int length) {
    var more = Math.min(to - from, line.length - length);
    System.arraycopy(buffer, from, line, length, more);
    return length + more;
  }
}
