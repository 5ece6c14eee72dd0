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
import java.util.stream.Collectors;

/// Every object of Istio and of the Gateway API, with what was found about it.
final class ConfigTable {
  private static final int HOSTS = 4;

  private ConfigTable() {}

  static Table of(Snapshot snapshot, Cards cards) {
    var reading = new Reading();
    List<Row> found = new ArrayList<>();
    List<Row> quiet = new ArrayList<>();
    for (var cluster : snapshot.clusters()) {
      for (var kind : ResourceKind.values()) {
        if (kind.group().endsWith(".istio.io") || kind.group().startsWith("gateway.networking")) {
          for (var object : reading.all(cluster, kind)) {
            var references = cards.about(object.id());
            (references.isEmpty() ? quiet : found).add(row(object, references));
          }
        }
      }
    }
    found.addAll(quiet);
    return new Table(
        "config",
        "Istio and Gateway API objects, those with findings first",
        List.of(
            Column.text("Cluster"),
            Column.text("Kind"),
            Column.text("Object"),
            Column.text("Hosts"),
            Column.text("Created (UTC)"),
            Column.number("Generation"),
            Column.text("Findings")),
        found,
        reading.notes(),
        "No such object was collected.");
  }

  private static Row row(Resource object, List<Card.Reference> references) {
    var generation = object.text("metadata.generation");
    return new Row(
        object.namespace(),
        List.of(
            Cell.name(object.id().cluster()),
            Cell.of(object.id().kind()),
            Cell.name(object.namespace() + "/" + object.name()),
            Cell.name(hosts(object)),
            Cell.of(object.text("metadata.creationTimestamp").replace('T', ' ').replace("Z", "")),
            new Cell(generation, Tone.PLAIN, false, generation, List.of()),
            Cell.of("").with(references)));
  }

  private static String hosts(Resource object) {
    var hosts =
        List.of("spec.hosts.*", "spec.host", "spec.servers.*.hosts.*", "spec.hostnames.*").stream()
            .flatMap(path -> object.fields(path).stream())
            .map(field -> field.text())
            .distinct()
            .toList();
    var shown = hosts.stream().limit(HOSTS).collect(Collectors.joining(", "));
    return hosts.size() <= HOSTS ? shown : shown + " and " + (hosts.size() - HOSTS) + " more";
  }
}
