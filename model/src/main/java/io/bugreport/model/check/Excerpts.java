package io.bugreport.model.check;

import io.bugreport.model.archive.ArchiveReader;
import io.bugreport.model.finding.Evidence;
import io.bugreport.model.resource.Location;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// Cuts the lines around locations out of their files.
final class Excerpts {
  private static final int AROUND = 2;

  private final ArchiveReader archive;
  private final Map<Location, Evidence> cut = new ConcurrentHashMap<>();

  Excerpts(ArchiveReader archive) {
    this.archive = archive;
  }

  /// Cuts all of them, reading each file once. Whoever needs many asks for them together.
  void prepare(Collection<Location> locations) {
    locations.stream()
        .filter(location -> !cut.containsKey(location))
        .collect(Collectors.groupingBy(Location::file, Collectors.toSet()))
        .forEach(this::cut);
  }

  List<Evidence> of(List<Location> locations) {
    prepare(locations);
    return locations.stream()
        .map(location -> cut.getOrDefault(location, missing(location, "nothing was read")))
        .toList();
  }

  private void cut(String file, Set<Location> locations) {
    var views = new LineViews();
    for (var location : locations) {
      for (var line = first(location); line <= location.line() + AROUND; line++) {
        views.add(line, line == location.line() ? location.column() : 1);
      }
    }
    try (var text = new InputStreamReader(archive.open(file), StandardCharsets.UTF_8)) {
      views.read(text);
      for (var location : locations) {
        var first = first(location);
        var lines = views.text(first, location.line() + AROUND, location.line(), location.column());
        cut.put(location, new Evidence(file, location.line(), location.field(), first, lines));
      }
    } catch (IOException e) {
      // A finding stands without its excerpt, too; it must not be lost for that.
      for (var location : locations) {
        cut.put(location, missing(location, String.valueOf(e.getMessage())));
      }
    }
  }

  private static int first(Location location) {
    return Math.max(1, location.line() - AROUND);
  }

  private static Evidence missing(Location location, String why) {
    return new Evidence(
        location.file(),
        location.line(),
        location.field(),
        location.line(),
        List.of("(cannot be shown: " + why + ")"));
  }
}
