package io.bugreport.report.view;

import io.bugreport.model.resource.Resource;
import io.bugreport.model.resource.ResourceKind;
import io.bugreport.model.snapshot.Snapshot;
import io.bugreport.report.mesh.Reading;
import io.bugreport.report.view.Table.Cell;
import io.bugreport.report.view.Table.Column;
import io.bugreport.report.view.Table.Row;
import java.util.ArrayList;
import java.util.List;

/// Virtual machines of the mesh: what their WorkloadEntries and WorkloadGroups say.
final class MachineTable {
  private MachineTable() {}

  static Table of(Snapshot snapshot, Cards cards) {
    var reading = new Reading();
    List<Row> rows = new ArrayList<>();
    for (var cluster : snapshot.clusters()) {
      for (var kind : List.of(ResourceKind.WORKLOAD_ENTRY, ResourceKind.WORKLOAD_GROUP)) {
        reading.all(cluster, kind).forEach(object -> rows.add(row(object, cards)));
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
            Column.text("Findings")),
        rows,
        reading.notes(),
        "No WorkloadEntry and no WorkloadGroup was collected.");
  }

  private static Row row(Resource object, Cards cards) {
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
            Cell.of("").with(cards.about(object.id()))));
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
