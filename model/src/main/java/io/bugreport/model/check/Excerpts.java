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

  private final ArchiveReader archive;
  private final Map<Location, Evidence> cut = new HashMap<>();

  Excerpts(ArchiveReader archive) {
    this.archive = archive;
  }

  List<Evidence> of(List<Location> locations) {
    List<Evidence> evidence = new ArrayList<>();
    for (var location : locations) {
      evidence.add(cut.computeIfAbsent(location, this::cut));
    }
    return evidence;
  }

  private Evidence cut(Location location) {
    var first = Math.max(1, location.line() - AROUND);
    try (var reader =
        new BufferedReader(
            new InputStreamReader(archive.open(location.file()), StandardCharsets.UTF_8))) {
      return new Evidence(
          location.file(), location.line(), location.field(), first, lines(reader, location));
    } catch (IOException e) {
      // A finding stands without its excerpt, too; it must not be lost for that.
      var why = "(cannot be shown: " + e.getMessage() + ")";
      return new Evidence(
          location.file(), location.line(), location.field(), location.line(), List.of(why));
    }
  }

  private static List<String> lines(BufferedReader reader, Location location) throws IOException {
    var line = location.line();
    List<String> lines = new ArrayList<>();
    for (var number = 1; number <= line + AROUND; number++) {
      var wanted = number >= line - AROUND;
      var view = new LineView(number == line ? location.column() : 1);
      var there = view.read(reader);
      if (!there) {
        break;
      }
      if (wanted) {
        lines.add(view.text());
      }
    }
    return lines;
  }
}
