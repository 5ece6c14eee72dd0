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

/// Every pod with its phase, its restarts and what it is waiting for.
final class PodTable {
  private PodTable() {}

  static Table of(Snapshot snapshot) {
    var reading = new Reading();
    List<Row> rows = new ArrayList<>();
    for (var cluster : snapshot.clusters()) {
      for (var pod : reading.all(cluster, ResourceKind.POD)) {
        rows.add(row(pod));
      }
    }
    return new Table(
        "pods",
        "Pods",
        List.of(
            Column.text("Cluster"),
            Column.text("Pod"),
            Column.text("Phase"),
            Column.text("Ready"),
            Column.number("Restarts"),
            Column.text("Waiting, or last ended with"),
            Column.text("Node")),
        rows,
        reading.notes(),
        "No pod was collected.");
  }

  private static Row row(Resource pod) {
    var phase = pod.text("status.phase");
    var statuses = new ArrayList<>(pod.fields("status.containerStatuses.*"));
    statuses.addAll(
        pod.fields("status.initContainerStatuses.*").stream()
            .filter(status -> status.text("name").equals("istio-proxy"))
            .toList());
    var ready = statuses.stream().filter(status -> status.text("ready").equals("true")).count();
    var restarts =
        statuses.stream()
            .mapToLong(status -> status.field("restartCount").flatMap(Field::number).orElse(0))
            .sum();
    var whole = ready == statuses.size() || phase.equals("Succeeded");
    return new Row(
        pod.namespace(),
        List.of(
            Cell.name(pod.id().cluster()),
            Cell.name(pod.namespace() + "/" + pod.name()),
            Cell.marked(phase.isEmpty() ? "unknown" : phase, tone(phase)),
            Cell.marked(ready + "/" + statuses.size(), whole ? Tone.PLAIN : Tone.WARNING),
            restarts == 0 ? Cell.number(0) : Cell.number(restarts).toned(Tone.WARNING),
            Cell.of(String.join(", ", reasons(statuses))),
            Cell.name(pod.text("spec.nodeName"))));
  }

  private static Tone tone(String phase) {
    return switch (phase) {
      case "Running", "Succeeded" -> Tone.PLAIN;
      case "Pending" -> Tone.WARNING;
      case "Failed" -> Tone.ERROR;
      default -> Tone.UNKNOWN;
    };
  }

  private static List<String> reasons(List<Field> statuses) {
    List<String> reasons = new ArrayList<>();
    for (var status : statuses) {
      for (var path : List.of("state.waiting.reason", "lastState.terminated.reason")) {
        var reason = status.text(path);
        if (!reason.isEmpty()) {
          reasons.add(status.text("name") + ": " + reason);
        }
      }
    }
    return reasons;
  }
}
