package io.bugreport.report.view;

import io.bugreport.model.resource.Field;
import io.bugreport.model.resource.Resource;
import io.bugreport.model.resource.ResourceKind;
import io.bugreport.model.snapshot.Snapshot;
import io.bugreport.report.mesh.Reading;
import io.bugreport.report.view.Table.Cell;
import io.bugreport.report.view.Table.Column;
import io.bugreport.report.view.Table.Row;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Warning events, the newest first.
final class EventTable {
  private EventTable() {}

  private record Seen(String time, Resource event) {}

  static Table of(Snapshot snapshot) {
    var reading = new Reading();
    List<Seen> warnings = new ArrayList<>();
    for (var cluster : snapshot.clusters()) {
      for (var event : reading.all(cluster, ResourceKind.EVENT)) {
        if (event.text("type").equals("Warning")) {
          warnings.add(new Seen(time(event), event));
        }
      }
    }
    warnings.sort(
        Comparator.comparing(Seen::time).reversed().thenComparing(seen -> seen.event().id()));
    return Table.cut(
        "events",
        "Warning events, newest first",
        List.of(
            Column.text("Last seen (UTC)"),
            Column.text("Cluster"),
            Column.text("Object"),
            Column.text("Reason"),
            Column.text("Message"),
            Column.number("Times")),
        warnings.stream().map(EventTable::row).toList(),
        reading.notes(),
        "No warning event was collected.");
  }

  private static String time(Resource event) {
    for (var path :
        List.of(
            "lastTimestamp",
            "series.lastObservedTime",
            "eventTime",
            "metadata.creationTimestamp")) {
      var time = event.text(path);
      if (!time.isEmpty()) {
        return time;
      }
    }
    return "";
  }

  private static Row row(Seen seen) {
    var event = seen.event();
    var namespace = event.text("involvedObject.namespace");
    var name = event.text("involvedObject.name");
    return new Row(
        event.namespace(),
        List.of(
            Cell.of(seen.time().replace('T', ' ').replaceAll("(\\.\\d+)?Z$", "")),
            Cell.name(event.id().cluster()),
            Cell.name(
                event.text("involvedObject.kind")
                    + " "
                    + (namespace.isEmpty() ? name : namespace + "/" + name)),
            Cell.of(event.text("reason")),
            Cell.of(event.text("message")),
            Cell.number(event.field("count").flatMap(Field::number).orElse(1))));
  }
}
