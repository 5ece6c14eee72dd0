package io.bugreport.model.check;

import io.bugreport.model.archive.ArchiveReader;
import io.bugreport.model.finding.Evidence;
import io.bugreport.model.resource.Location;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Cuts the lines around a location out of its file.
final class Excerpts {
  private static final int AROUND = 2;
  private static final int WIDTH = 240;
  private static final int BEFORE = 40;

  private final ArchiveReader archive;
  private final Map<Location, Evidence> cut = new HashMap<>();

  Excerpts(ArchiveReader archive) {
    this.archive = archive;
  }

  List<Evidence> of(List<Location> locations) throws IOException {
    List<Evidence> evidence = new ArrayList<>();
    for (var location : locations) {
      var known = cut.get(location);
      if (known == null) {
        known = cut(location);
        cut.put(location, known);
      }
      evidence.add(known);
    }
    return evidence;
  }

  private Evidence cut(Location location) throws IOException {
    var first = Math.max(1, location.line() - AROUND);
    var last = location.line() + AROUND;
    List<String> lines = new ArrayList<>();
    try (var reader =
        new BufferedReader(
            new InputStreamReader(archive.open(location.file()), StandardCharsets.UTF_8))) {
      for (var number = 1; number <= last; number++) {
        var line = reader.readLine();
        if (line == null) {
          break;
        }
        if (number >= first) {
          lines.add(shortened(line, number == location.line() ? location.column() : 1));
        }
      }
    }
    return new Evidence(location.file(), location.line(), location.field(), first, lines);
  }

  /// The part of a line around a column: some answers are a single line of megabytes.
  private static String shortened(String line, int column) {
    if (line.length() <= WIDTH) {
      return line;
    }
    var start = Math.min(Math.max(0, column - 1 - BEFORE), line.length() - WIDTH);
    var end = start + WIDTH;
    return (start > 0 ? "…" : "") + line.substring(start, end) + (end < line.length() ? "…" : "");
  }
}
