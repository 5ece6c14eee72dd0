package io.bugreport.report.view;

import io.bugreport.model.check.CheckCatalogue;
import io.bugreport.model.finding.Conclusion.NotEvaluated;
import io.bugreport.model.finding.Diagnosis;
import io.bugreport.model.finding.Finding;
import io.bugreport.model.finding.Severity;
import io.bugreport.model.resource.ResourceKind;
import io.bugreport.model.snapshot.Snapshot;
import io.bugreport.report.mesh.MeshGraph;
import io.bugreport.report.mesh.Reading;
import io.bugreport.report.view.Card.Reference;
import io.bugreport.report.view.Table.Cell;
import io.bugreport.report.view.Table.Column;
import io.bugreport.report.view.Table.Row;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/// The mesh at a glance: for each namespace and area the worst that was found.
final class NamespaceMatrix {
  private record Place(String cluster, String namespace) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      return Comparator.comparing(Place::cluster)
          .thenComparing(Place::namespace)
          .compare(this, other);
    }
  }

  private final Reading reading = new Reading();
  private final Map<Place, Map<String, List<Finding>>> found = new TreeMap<>();
  private final Map<Place, String> modes = new HashMap<>();
  private final Map<String, Long> blind = new HashMap<>();
  private final TreeSet<String> areas = new TreeSet<>();
  private final CheckCatalogue catalogue;
  private final Cards cards;
  private final MeshGraph graph;

  private NamespaceMatrix(CheckCatalogue catalogue, Cards cards, MeshGraph graph) {
    this.catalogue = catalogue;
    this.cards = cards;
    this.graph = graph;
  }

  static Table of(
      Snapshot snapshot,
      Diagnosis diagnosis,
      CheckCatalogue catalogue,
      Cards cards,
      MeshGraph graph) {
    var matrix = new NamespaceMatrix(catalogue, cards, graph);
    matrix.read(snapshot, diagnosis);
    return matrix.table();
  }

  private void read(Snapshot snapshot, Diagnosis diagnosis) {
    for (var cluster : snapshot.clusters()) {
      for (var namespace : reading.all(cluster, ResourceKind.NAMESPACE)) {
        var place = new Place(cluster.name(), namespace.name());
        found.put(place, new HashMap<>());
        modes.put(place, mode(namespace.labels()));
      }
    }
    for (var finding : diagnosis.findings()) {
      var id = finding.resource();
      var namespace = id.kind().equals("Namespace") ? id.name() : id.namespace();
      var area = Area.of(catalogue, finding.check(), finding.code());
      areas.add(area);
      found
          .computeIfAbsent(new Place(id.cluster(), namespace), _ -> new HashMap<>())
          .computeIfAbsent(area, _ -> new ArrayList<>())
          .add(finding);
    }
    for (var conclusion : diagnosis.all(NotEvaluated.class)) {
      var area = Area.of(catalogue, conclusion.check(), conclusion.check());
      areas.add(area);
      blind.merge(area, 1L, Long::sum);
    }
  }

  private static String mode(Map<String, String> labels) {
    if ("ambient".equals(labels.get("istio.io/dataplane-mode"))) {
      return "ambient";
    }
    return "enabled".equals(labels.get("istio-injection")) || labels.containsKey("istio.io/rev")
        ? "sidecar"
        : "";
  }

  private Table table() {
    List<Column> columns =
        new ArrayList<>(
            List.of(
                Column.text("Cluster"),
                Column.text("Namespace"),
                Column.text("Mode"),
                Column.number("Workloads")));
    for (var area : areas) {
      var unseen = blind.getOrDefault(area, 0L);
      columns.add(Column.text(unseen == 0 ? area : area + " (" + unseen + " unseen)"));
    }
    List<Map.Entry<Place, Map<String, List<Finding>>>> sorted = new ArrayList<>(found.entrySet());
    sorted.sort(
        Comparator.comparing(
                (Map.Entry<Place, Map<String, List<Finding>>> entry) ->
                    worst(entry.getValue()).isEmpty())
            .thenComparing(entry -> worst(entry.getValue()).orElse(Severity.INFO))
            .thenComparing(Map.Entry::getKey));
    return new Table(
        "namespaces",
        "Worst finding by namespace and area",
        columns,
        sorted.stream().map(entry -> row(entry.getKey(), entry.getValue())).toList(),
        reading.notes(),
        "No namespace was collected.");
  }

  /// The findings of an area stand worst first.
  private static Optional<Severity> worst(Map<String, List<Finding>> byArea) {
    return byArea.values().stream()
        .map(findings -> findings.getFirst().severity())
        .min(Comparator.naturalOrder());
  }

  private Row row(Place place, Map<String, List<Finding>> byArea) {
    List<Cell> cells =
        new ArrayList<>(
            List.of(
                Cell.name(place.cluster()),
                Cell.name(place.namespace().isEmpty() ? "(whole cluster)" : place.namespace()),
                Cell.of(modes.getOrDefault(place, "")),
                Cell.number(graph.workloadsIn(place.cluster(), place.namespace()))));
    for (var area : areas) {
      var findings = byArea.getOrDefault(area, List.of());
      cells.add(findings.isEmpty() ? Cell.of("") : cell(findings));
    }
    return new Row(place.namespace(), cells);
  }

  private Cell cell(List<Finding> findings) {
    var severity = findings.getFirst().severity();
    var text = findings.size() + " " + severity.word();
    return Cell.marked("", Tone.of(severity))
        .with(List.of(new Reference(text, cards.link(findings))));
  }
}
