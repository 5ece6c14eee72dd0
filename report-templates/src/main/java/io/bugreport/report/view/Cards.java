package io.bugreport.report.view;

import io.bugreport.model.check.CheckCatalogue;
import io.bugreport.model.finding.Conclusion;
import io.bugreport.model.finding.Conclusion.Gap;
import io.bugreport.model.finding.Diagnosis;
import io.bugreport.model.finding.Evidence;
import io.bugreport.model.finding.Finding;
import io.bugreport.model.finding.Severity;
import io.bugreport.model.resource.ResourceId;
import io.bugreport.report.drawing.FocusGraph;
import io.bugreport.report.mesh.MeshGraph;
import io.bugreport.report.view.Card.Excerpt;
import io.bugreport.report.view.Card.Follower;
import io.bugreport.report.view.Card.Mention;
import io.bugreport.report.view.Card.Reference;
import io.bugreport.report.view.Table.Cell;
import io.bugreport.report.view.Table.Column;
import io.bugreport.report.view.Table.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Makes the cards of a page, and links those that are about the same object.
final class Cards {
  /// From how many findings on a cause gets one card with a table.
  static final int MANY = 6;

  private static final int EVIDENCE = 6;
  private static final int LIMITS = 8;

  private static final int FOLLOWERS = 50;

  private record Draft(
      String id, Cause cause, List<Finding> findings, List<Finding> followers, boolean first) {}

  private final CheckCatalogue catalogue;
  private final MeshGraph graph;
  private final boolean manyClusters;
  private final Anchors anchors = new Anchors();
  private final Map<ResourceId, Severity> worst = new HashMap<>();
  private final Map<String, List<Gap>> gaps = new HashMap<>();
  private final List<Draft> drafts = new ArrayList<>();
  private final Map<ResourceId, List<Draft>> byObject = new HashMap<>();

  Cards(Diagnosis diagnosis, List<Cause> causes, CheckCatalogue catalogue, MeshGraph graph) {
    this.catalogue = catalogue;
    this.graph = graph;
    this.manyClusters =
        diagnosis.findings().stream().map(f -> f.resource().cluster()).distinct().count() > 1;
    for (Conclusion conclusion : diagnosis.conclusions()) {
      gaps.put(conclusion.check(), Summary.gaps(conclusion));
    }
    for (var finding : diagnosis.findings()) {
      worst.putIfAbsent(graph.shown(finding.resource()), finding.severity());
    }
    var followers = new Followers(diagnosis);
    for (var cause : causes) {
      if (cause.findings().size() >= MANY) {
        add(
            new Draft(
                anchors.unique(cause.code() + "-" + cause.check()),
                cause,
                cause.findings(),
                cause.followers(),
                true));
      } else {
        for (var finding : cause.findings()) {
          add(
              new Draft(
                  anchors.of(cause.code(), finding.resource()),
                  cause,
                  List.of(finding),
                  followers.of(finding),
                  finding.equals(cause.findings().getFirst())));
        }
      }
    }
  }

  private void add(Draft draft) {
    drafts.add(draft);
    for (var finding : every(draft)) {
      byObject.computeIfAbsent(finding.resource(), _ -> new ArrayList<>()).add(draft);
    }
  }

  private static List<Finding> every(Draft draft) {
    return Stream.concat(draft.findings().stream(), draft.followers().stream()).toList();
  }

  /// The cards that show an object, or one of its kind in its namespace, worst first.
  List<Reference> about(ResourceId id) {
    return byObject.getOrDefault(id, List.of()).stream()
        .distinct()
        .map(draft -> new Reference(draft.cause().code(), Link.to(draft.id())))
        .toList();
  }

  /// The worst card of some findings.
  Link link(List<Finding> findings) {
    return findings.stream()
        .flatMap(
            finding ->
                byObject.getOrDefault(finding.resource(), List.of()).stream()
                    .filter(draft -> every(draft).contains(finding)))
        .findFirst()
        .map(draft -> Link.to(draft.id()))
        .orElseThrow();
  }

  /// All cards, in the order of their causes.
  List<Card> all() {
    return drafts.stream().map(this::card).toList();
  }

  /// The card that stands for a cause, or its first one.
  Link link(Cause cause) {
    return drafts.stream()
        .filter(draft -> draft.cause().equals(cause))
        .findFirst()
        .map(draft -> Link.to(draft.id()))
        .orElseThrow();
  }

  private Card card(Draft draft) {
    var cause = draft.cause();
    var first = draft.findings().getFirst();
    var many = draft.findings().size() > 1;
    var places = draft.findings().stream().flatMap(f -> f.evidence().stream()).distinct().toList();
    var limits = gaps.getOrDefault(cause.check(), List.of());
    var follows = first.group();
    return new Card(
        draft.id(),
        cause.code(),
        cause.check(),
        Area.of(catalogue, cause.check(), cause.code()),
        cause.severity().word(),
        Tone.of(cause.severity()),
        cause.title(),
        many ? Wording.count(cause.subjects().size(), "object") : name(first.resource()),
        namespaces(every(draft)),
        many ? "" : first.message(),
        Html.ofMarkdown(why(cause.check())),
        Html.ofMarkdown(many ? first.fix() : Filled.of(first.fix(), first.resource())),
        many ? List.of(objects(draft)) : List.of(),
        places.stream().limit(EVIDENCE).map(Excerpt::of).toList(),
        Math.max(0, places.size() - EVIDENCE),
        related(draft),
        follows == null ? "" : follows,
        reach(draft),
        draft.followers().stream().limit(FOLLOWERS).map(this::follower).toList(),
        Math.max(0, draft.followers().size() - FOLLOWERS),
        graphs(draft),
        limits.stream().limit(LIMITS).toList(),
        Math.max(0, limits.size() - LIMITS),
        switch (cause.severity()) {
          case CRITICAL, ERROR -> draft.first();
          case WARNING, INFO -> false;
        });
  }

  private String reach(Draft draft) {
    var workloads = new TreeSet<ResourceId>();
    every(draft).forEach(finding -> workloads.addAll(graph.reach(finding.resource())));
    return workloads.isEmpty() ? "" : Wording.count(workloads.size(), "workload");
  }

  private List<FocusGraph> graphs(Draft draft) {
    List<ResourceId> subjects = new ArrayList<>();
    draft.findings().forEach(finding -> subjects.add(finding.resource()));
    draft.findings().forEach(finding -> subjects.addAll(finding.related()));
    return FocusGraph.of(draft.id() + "-graph", subjects, graph, this::mark);
  }

  private String mark(ResourceId id) {
    var severity = worst.get(id);
    return severity == null ? "" : Tone.of(severity).word();
  }

  private Follower follower(Finding finding) {
    return new Follower(
        anchors.of(finding.code(), finding.resource()),
        finding.severity().word(),
        Tone.of(finding.severity()),
        finding.code(),
        finding.title(),
        name(finding.resource()),
        finding.message(),
        finding.evidence().stream().limit(EVIDENCE).map(Excerpt::of).toList(),
        Html.ofMarkdown(Filled.of(finding.fix(), finding.resource())));
  }

  private String why(String check) {
    return catalogue.find(check).map(definition -> definition.why()).orElse("");
  }

  private String name(ResourceId id) {
    return manyClusters ? id + " in " + id.cluster() : id.toString();
  }

  private static String namespaces(List<Finding> findings) {
    return findings.stream()
        .map(f -> f.resource().namespace())
        .filter(namespace -> !namespace.isEmpty())
        .distinct()
        .sorted()
        .collect(Collectors.joining(" "));
  }

  private Table objects(Draft draft) {
    List<Row> rows = new ArrayList<>();
    for (var finding : draft.findings()) {
      rows.add(
          new Row(
              finding.resource().namespace(),
              List.of(
                  Cell.name(name(finding.resource())),
                  Cell.of(finding.message()),
                  Cell.name(
                      finding.evidence().stream()
                          .limit(1)
                          .map(Cards::place)
                          .findFirst()
                          .orElse("")))));
    }
    return new Table(
        draft.id() + "-objects",
        "Objects with this finding",
        List.of(Column.text("Object"), Column.text("What"), Column.text("Where")),
        rows,
        List.of(),
        "");
  }

  private static String place(Evidence evidence) {
    return evidence.path() + ":" + evidence.line();
  }

  private List<Mention> related(Draft draft) {
    var objects = new LinkedHashSet<ResourceId>();
    draft.findings().forEach(finding -> objects.addAll(finding.related()));
    SequencedMap<ResourceId, List<Reference>> mentions = new LinkedHashMap<>();
    objects.stream().limit(Table.LIMIT).forEach(id -> mentions.put(id, references(draft, id)));
    if (draft.findings().size() == 1) {
      var own = draft.findings().getFirst().resource();
      var others = references(draft, own);
      if (!others.isEmpty()) {
        mentions.putIfAbsent(own, others);
      }
    }
    List<Mention> shown = new ArrayList<>();
    mentions.forEach((id, references) -> shown.add(new Mention(name(id), references)));
    return shown;
  }

  private List<Reference> references(Draft from, ResourceId id) {
    return byObject.getOrDefault(id, List.of()).stream()
        .filter(draft -> !draft.equals(from))
        .distinct()
        .limit(LIMITS)
        .map(
            draft ->
                new Reference(
                    draft.cause().code() + " " + draft.cause().title(), Link.to(draft.id())))
        .toList();
  }
}
