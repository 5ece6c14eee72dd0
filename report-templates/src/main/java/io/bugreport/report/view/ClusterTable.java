package io.bugreport.report.view;

import io.bugreport.model.endpoint.Endpoint;
import io.bugreport.model.resource.Field;
import io.bugreport.model.resource.ResourceKind;
import io.bugreport.model.snapshot.Cluster;
import io.bugreport.model.snapshot.Snapshot;
import io.bugreport.report.mesh.Reading;
import io.bugreport.report.view.Table.Cell;
import io.bugreport.report.view.Table.Column;
import io.bugreport.report.view.Table.Row;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Each cluster with its network, its size, and the remote clusters that its istiods watch.
final class ClusterTable {
  private final Reading reading = new Reading();
  private final Snapshot snapshot;

  private ClusterTable(Snapshot snapshot) {
    this.snapshot = snapshot;
  }

  static Table of(Snapshot snapshot) {
    var table = new ClusterTable(snapshot);
    List<Row> rows = snapshot.clusters().stream().map(table::row).toList();
    return new Table(
        "clusters",
        "Clusters and networks",
        List.of(
            Column.text("Cluster"),
            Column.text("Kubernetes"),
            Column.text("Cluster id of istiod"),
            Column.text("Network"),
            Column.number("Nodes"),
            Column.number("Namespaces"),
            Column.number("Pods"),
            Column.text("Remote clusters")),
        rows,
        table.reading.notes(),
        "No cluster was collected.");
  }

  private Row row(Cluster cluster) {
    var version =
        snapshot.manifest().clusters().stream()
            .filter(entry -> entry.name().equals(cluster.name()))
            .map(entry -> entry.server())
            .filter(server -> server != null)
            .findFirst()
            .orElse("unknown");
    var ids = new TreeSet<String>();
    var remotes = new TreeSet<String>();
    var behind = false;
    for (var answer : cluster.answers(Endpoint.ISTIOD_CLUSTERS)) {
      for (var known : reading.document(answer).map(Field::children).orElse(List.of())) {
        var status = known.text("syncStatus");
        if (known.text("secretName").isEmpty()) {
          ids.add(known.text("id"));
        } else {
          behind |= !status.equals("synced");
          remotes.add(known.text("id") + " " + status);
        }
      }
    }
    var networks =
        reading.all(cluster, ResourceKind.NAMESPACE).stream()
            .map(namespace -> namespace.labels().getOrDefault("topology.istio.io/network", ""))
            .filter(network -> !network.isEmpty())
            .collect(Collectors.toCollection(TreeSet::new));
    return new Row(
        "",
        List.of(
            Cell.name(cluster.name()),
            Cell.of(version),
            Cell.name(ids.isEmpty() ? "unknown" : String.join(", ", ids)),
            Cell.name(networks.isEmpty() ? "none named" : String.join(", ", networks)),
            Cell.number(reading.all(cluster, ResourceKind.NODE).size()),
            Cell.number(reading.all(cluster, ResourceKind.NAMESPACE).size()),
            Cell.number(reading.all(cluster, ResourceKind.POD).size()),
            Cell.marked(
                remotes.isEmpty() ? "none" : String.join(", ", remotes),
                behind ? Tone.WARNING : Tone.PLAIN)));
  }
}
