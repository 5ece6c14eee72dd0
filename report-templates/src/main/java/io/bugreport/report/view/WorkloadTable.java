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
import java.util.List;
import java.util.stream.Stream;

/// What keeps pods running, with how many of them there are and should be.
final class WorkloadTable {
  private static final List<ResourceKind> KINDS =
      List.of(ResourceKind.DEPLOYMENT, ResourceKind.STATEFUL_SET, ResourceKind.DAEMON_SET);

  private WorkloadTable() {}

  static Table of(Snapshot snapshot, Cards cards) {
    var reading = new Reading();
    List<Row> rows = new ArrayList<>();
    for (var cluster : snapshot.clusters()) {
      for (var kind : KINDS) {
        reading.all(cluster, kind).forEach(object -> rows.add(row(object, cards)));
      }
    }
    return new Table(
        "deployments",
        "Workloads",
        List.of(
            Column.text("Cluster"),
            Column.text("Kind"),
            Column.text("Workload"),
            Column.text("Ready"),
            Column.text("Images"),
            Column.text("Created (UTC)"),
            Column.text("Findings")),
        rows,
        reading.notes(),
        "No Deployment, StatefulSet or DaemonSet was collected.");
  }

  private static Row row(Resource object, Cards cards) {
    var wanted = first(object, "spec.replicas", "status.desiredNumberScheduled");
    var ready = first(object, "status.readyReplicas", "status.numberReady");
    return new Row(
        object.namespace(),
        List.of(
            Cell.name(object.id().cluster()),
            Cell.of(object.id().kind()),
            Cell.name(object.namespace() + "/" + object.name()),
            Cell.marked(ready + "/" + wanted, ready < wanted ? Tone.WARNING : Tone.PLAIN),
            Cell.name(
                String.join(
                    "\n",
                    object.fields("spec.template.spec.containers.*.image").stream()
                        .map(Field::text)
                        .toList())),
            Cell.of(object.text("metadata.creationTimestamp").replace('T', ' ').replace("Z", "")),
            Cell.of("").with(cards.about(object.id()))));
  }

  private static int first(Resource object, String... paths) {
    return Stream.of(paths)
        .flatMap(path -> object.field(path).flatMap(Field::number).stream())
        .findFirst()
        .orElse(0);
  }
}
