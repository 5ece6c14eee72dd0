package io.bugreport.report.view;

import io.bugreport.model.resource.Field;
import io.bugreport.model.resource.Resource;
import io.bugreport.model.resource.ResourceKind;
import io.bugreport.model.snapshot.Snapshot;
import io.bugreport.report.mesh.Reading;
import io.bugreport.report.timeline.EventTime;
import io.bugreport.report.view.Table.Cell;
import io.bugreport.report.view.Table.Column;
import io.bugreport.report.view.Table.Row;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// All events, warnings first, the newest of each first.
final class EventTable {
  private EventTable() {}

  private record Seen(String time, Resource event) {}

  static Table of(Snapshot snapshot) {
    var reading = new Reading();
    List<Seen> events = new ArrayList<>();
    for (var cluster : snapshot.clusters()) {
      for (var event : reading.all(cluster, ResourceKind.EVENT)) {
        events.add(new Seen(EventTime.of(event), event));
      }
    }
    events.sort(
        Comparator.comparing((Seen seen) -> !isWarning(seen.event()))
            .thenComparing(Comparator.comparing(Seen::time).reversed())
            .thenComparing(seen -> seen.event().id()));
    return new Table(
        "events",
        "Events, warnings first, the newest of each first",
        List.of(
            Column.text("Last seen (UTC)"),
            Column.text("Type"),
            Column.text("Cluster"),
            Column.text("Object"),
            Column.text("Reason"),
            Column.text("Message"),
            Column.number("Times")),
        events.stream().map(EventTable::row).toList(),
        reading.notes(),
        "No event was collected.");
  }

  private static boolean isWarning(Resource event) {
    return event.text("type").equals("Warning");
  }

  private static Row row(Seen seen) {
    var event = seen.event();
    var namespace = event.text("involvedObject.namespace");
    var name = event.text("involvedObject.name");
    return new Row(
        event.namespace(),
        List.of(
            Cell.of(seen.time().replace('T', ' ').replaceAll("(\\.\\d+)?Z$", "")),
            Cell.marked(event.text("type"), isWarning(event) ? Tone.WARNING : Tone.PLAIN),
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
