package io.bugreport.report.view;

import io.bugreport.model.machine.Machine;
import io.bugreport.model.machine.MachineFile;
import io.bugreport.model.machine.Membership;
import io.bugreport.model.resource.Resource;
import io.bugreport.model.resource.ResourceKind;
import io.bugreport.model.snapshot.ItemId;
import io.bugreport.model.snapshot.Snapshot;
import io.bugreport.report.mesh.Reading;
import io.bugreport.report.view.Table.Cell;
import io.bugreport.report.view.Table.Column;
import io.bugreport.report.view.Table.Row;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Virtual machines that were collected from, each with what the cluster has for it.
final class CollectedMachineTable {
  private final Snapshot snapshot;
  private final Reading reading = new Reading();

  private CollectedMachineTable(Snapshot snapshot) {
    this.snapshot = snapshot;
  }

  static Table of(Snapshot snapshot, Cards cards) {
    var table = new CollectedMachineTable(snapshot);
    List<String> notes = new ArrayList<>();
    List<Row> rows = new ArrayList<>();
    for (var machine : snapshot.machines()) {
      try {
        rows.add(table.row(Membership.of(machine), cards));
      } catch (IOException e) {
        notes.add(machine.name() + " cannot be read: " + e.getMessage());
      }
    }
    notes.addAll(table.unreached());
    notes.addAll(table.reading.notes());
    return new Table(
        "collected-machines",
        "Collected machines",
        List.of(
            Column.text("Machine"),
            Column.text("WorkloadEntry"),
            Column.text("WorkloadGroup"),
            Column.text("Services"),
            Column.text("Network"),
            Column.text("Cluster"),
            Column.text("istiod"),
            Column.number("Not collected"),
            Column.text("Findings")),
        rows,
        notes,
        "No machine was collected from: bug-report collect --vm ssh://USER@ADDRESS");
  }

  private Row row(Membership membership, Cards cards) {
    var machine = membership.machine();
    var entry = first(ResourceKind.WORKLOAD_ENTRY, membership::isRegisteredAs);
    var group = first(ResourceKind.WORKLOAD_GROUP, membership::isOf);
    return new Row(
        membership.namespace(),
        List.of(
            Cell.name(machine.name()),
            entry
                .map(e -> Cell.name(e.namespace() + "/" + e.name()))
                .orElse(unmatched(membership, "no entry has its address")),
            group
                .map(g -> Cell.name(g.namespace() + "/" + g.name()))
                .orElse(unmatched(membership, "no group " + membership.group())),
            Cell.of(entry.map(this::services).orElse("")),
            Cell.of(membership.value("ISTIO_META_NETWORK").orElse("")),
            Cell.of(membership.value("ISTIO_META_CLUSTER_ID").orElse("")),
            Cell.name(
                entry
                    .map(e -> e.annotations().getOrDefault("istio.io/workloadController", ""))
                    .orElse("")),
            Cell.number(missing(machine)),
            Cell.of("").with(cards.about(machine.id()))));
  }

  /// Why there is nothing to show.
  private Cell unmatched(Membership membership, String why) {
    if (snapshot.clusters().isEmpty()) {
      return Cell.of("no cluster was collected");
    }
    return Cell.of(
        membership.settings().isEmpty()
            ? "unknown: " + MachineFile.CLUSTER_ENV.path() + " was not collected"
            : why.strip());
  }

  /// Says whether an object is the one.
  @FunctionalInterface
  private interface Match {
    boolean is(Resource object);
  }

  private Optional<Resource> first(ResourceKind kind, Match match) {
    for (var cluster : snapshot.clusters()) {
      for (var object : reading.all(cluster, kind)) {
        if (match.is(object)) {
          return Optional.of(object);
        }
      }
    }
    return Optional.empty();
  }

  /// The Services and ServiceEntries that send requests to an entry.
  private String services(Resource entry) {
    List<String> names = new ArrayList<>();
    var labels = entry.texts("spec.labels").entrySet();
    for (var cluster : snapshot.clusters()) {
      if (!cluster.name().equals(entry.id().cluster())) {
        continue;
      }
      for (var kind : List.of(ResourceKind.SERVICE, ResourceKind.SERVICE_ENTRY)) {
        var path = kind == ResourceKind.SERVICE ? "spec.selector" : "spec.workloadSelector.labels";
        for (var object : reading.all(cluster, kind)) {
          var selector = object.texts(path).entrySet();
          if (object.namespace().equals(entry.namespace())
              && !selector.isEmpty()
              && labels.containsAll(selector)) {
            names.add(object.name());
          }
        }
      }
    }
    return names.isEmpty() ? "none selects it" : String.join(", ", names);
  }

  private long missing(Machine machine) {
    return snapshot.items().stream()
        .filter(item -> item.source().equals(ItemId.MACHINE) && item.outcome().isGap())
        .filter(item -> item.itemId().cluster().equals(machine.name()))
        .count();
  }

  /// Machines that were asked and did not answer.
  private List<String> unreached() {
    return snapshot.items().stream()
        .filter(item -> item.source().equals(ItemId.MACHINE))
        .filter(item -> item.itemId().parts().equals(List.of(ItemId.CONNECTION)))
        .map(item -> item.itemId().cluster() + " was not reached: " + item.reason())
        .toList();
  }
}
