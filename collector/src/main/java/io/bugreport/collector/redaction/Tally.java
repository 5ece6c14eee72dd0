package io.bugreport.collector.redaction;

import io.bugreport.collector.redaction.rules.Surroundings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// What was redacted, by rule and path. Never a value.
final class Tally {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /// One line of the report.
  record Line(String rule, String path, long count) {}

  /// Of less, a few values are much, and nobody looks for evidence in it.
  private static final int LEAST_BYTES = 4096;

  private static final int MUCH_PERCENT = 20;

  private final SortedMap<String, SortedMap<String, Long>> paths = new TreeMap<>();
  private final SortedMap<String, Integer> much = new TreeMap<>();
  private final @Nullable Seen seen;

  Tally() {
    this(null);
  }

  Tally(@Nullable Seen seen) {
    this.seen = seen;
  }

  /// The counts of one entry, of which the tally knows when it is closed.
  final class Entry {
    private final String path;
    private final SortedMap<String, Long> counts = new TreeMap<>();

    private Entry(String path) {
      this.path = path;
    }

    void add(String rule) {
      counts.merge(rule, 1L, Long::sum);
    }

    /// Counts a value and tells of it.
    void add(String rule, CharSequence text, int from, int to) {
      add(rule);
      if (seen != null) {
        seen.value(rule, path, to - from, Surroundings.of(text, from, to));
      }
    }

    /// @param received bytes of the entry
    /// @param kept how many of them were written as they are
    void close(long received, long kept) {
      Tally.this.add(path, counts);
      var percent = received == 0 ? 0 : (int) (100 * (received - kept) / received);
      if (received >= LEAST_BYTES && percent >= MUCH_PERCENT) {
        Tally.this.addMuch(path, percent);
      }
      counts.clear();
    }
  }

  Entry entry(String path) {
    return new Entry(path);
  }

  private synchronized void add(String path, SortedMap<String, Long> counts) {
    if (!counts.isEmpty()) {
      var total = paths.computeIfAbsent(path, p -> new TreeMap<>());
      counts.forEach((rule, count) -> total.merge(rule, count, Long::sum));
    }
  }

  private synchronized void addMuch(String path, int percent) {
    much.put(path, percent);
  }

  /// Entries of which much was replaced, with the share of their bytes in percent. Values of
  /// Secrets are not counted: nothing of them is ever kept.
  synchronized SequencedMap<String, Integer> much() {
    return new TreeMap<>(much);
  }

  synchronized SequencedMap<String, Long> counts() {
    var counts = new TreeMap<String, Long>();
    paths.values().forEach(of -> of.forEach((rule, count) -> counts.merge(rule, count, Long::sum)));
    return counts;
  }

  private synchronized List<Line> lines() {
    var lines = new ArrayList<Line>();
    for (var rule : counts().keySet()) {
      for (Map.Entry<String, SortedMap<String, Long>> of : paths.entrySet()) {
        var count = of.getValue().get(rule);
        if (count != null) {
          lines.add(new Line(rule, of.getKey(), count));
        }
      }
    }
    return lines;
  }

  /// These counts and those of an earlier report.
  synchronized Tally with(String report) throws IOException {
    var sum = new Tally();
    paths.forEach(sum::add);
    try {
      if (!report.isBlank()) {
        for (var line : JSON.readValue(report, Report.class).redactions()) {
          sum.add(line.path(), new TreeMap<>(Map.of(line.rule(), line.count())));
        }
      }
    } catch (JacksonException e) {
      throw new IOException(
          "redactions.json of the archive cannot be read: " + e.getOriginalMessage(), e);
    }
    return sum;
  }

  /// The whole file.
  record Report(List<Line> redactions) {}

  /// The report as JSON, a line for each rule and path, in their order.
  String report() {
    var text = new StringBuilder("{\"redactions\":[");
    var separator = "\n";
    for (var line : lines()) {
      text.append(separator).append(JSON.writeValueAsString(line));
      separator = ",\n";
    }
    return text.append("\n]}\n").toString();
  }
}
