package io.bugreport.report.view;

import io.bugreport.model.machine.Membership;
import io.bugreport.model.resource.Resource;
import io.bugreport.model.resource.ResourceKind;
import io.bugreport.model.snapshot.Snapshot;
import io.bugreport.report.mesh.Reading;
import io.bugreport.report.view.Table.Cell;
import io.bugreport.report.view.Table.Column;
import io.bugreport.report.view.Table.Row;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Virtual machines of the mesh: what their WorkloadEntries and WorkloadGroups say.
final class MachineTable {
  private MachineTable() {}

  static Table of(Snapshot snapshot, Cards cards) {
    var reading = new Reading();
    List<Row> rows = new ArrayList<>();
    List<Membership> machines = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    for (var machine : snapshot.machines()) {
      try {
        machines.add(Membership.of(machine));
      } catch (IOException e) {
        notes.add(machine.name() + " cannot be read: " + e.getMessage());
      }
    }
    for (var cluster : snapshot.clusters()) {
      for (var kind : List.of(ResourceKind.WORKLOAD_ENTRY, ResourceKind.WORKLOAD_GROUP)) {
        reading.all(cluster, kind).forEach(object -> rows.add(row(object, machines, cards)));
      }
    }
    return new Table(
        "machines",
        "Virtual machines",
        List.of(
            Column.text("Cluster"),
            Column.text("Kind"),
            Column.text("Object"),
            Column.text("Address"),
            Column.text("Group"),
            Column.text("Health"),
            Column.text("Connected at"),
            Column.text("Collected"),
            Column.text("Findings")),
        rows,
        Stream.concat(notes.stream(), reading.notes().stream()).toList(),
        "No WorkloadEntry and no WorkloadGroup was collected.");
  }

  private static Row row(Resource object, List<Membership> machines, Cards cards) {
    var group = object.annotations().getOrDefault("istio.io/autoRegistrationGroup", "");
    return new Row(
        object.namespace(),
        List.of(
            Cell.name(object.id().cluster()),
            Cell.of(object.id().kind()),
            Cell.name(object.namespace() + "/" + object.name()),
            Cell.name(object.text("spec.address")),
            Cell.name(group),
            health(object),
            Cell.of(object.annotations().getOrDefault("istio.io/connectedAt", "")),
            collected(object, machines),
            Cell.of("").with(cards.about(object.id()))));
  }

  /// The machine that was collected from, or what would do that.
  private static Cell collected(Resource object, List<Membership> machines) {
    var address = object.text("spec.address");
    if (!object.id().kind().equals("WorkloadEntry") || address.isEmpty()) {
      return Cell.of("");
    }
    return machines.stream()
        .filter(machine -> machine.isRegisteredAs(object))
        .findFirst()
        .map(machine -> Cell.name(machine.machine().name()))
        .orElse(Cell.of("no; --vm ssh://USER@" + address));
  }

  private static Cell health(Resource object) {
    for (var condition : object.fields("status.conditions.*")) {
      if (condition.text("type").equals("Healthy")) {
        return condition.text("status").equals("True")
            ? Cell.of("healthy")
            : Cell.marked("unhealthy: " + condition.text("message"), Tone.WARNING);
      }
    }
    return Cell.of(object.id().kind().equals("WorkloadEntry") ? "not reported" : "");
  }
}
