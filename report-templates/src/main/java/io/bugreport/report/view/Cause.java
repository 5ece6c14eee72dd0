package io.bugreport.report.view;

import io.bugreport.model.finding.Diagnosis;
import io.bugreport.model.finding.Finding;
import io.bugreport.model.finding.Severity;
import io.bugreport.model.resource.ResourceId;
import io.bugreport.report.mesh.MeshGraph;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Findings of one check with one code and severity: what is likely one thing to put right.
///
/// @param findings in their order, never empty
/// @param followers findings of any check that follow from these
/// @param workloads what the findings and their followers can reach
public record Cause(
    String check,
    String code,
    Severity severity,
    List<Finding> findings,
    List<Finding> followers,
    Set<ResourceId> workloads) {
  private record Key(String check, String code, Severity severity) {}

  /// Worst first; then what reaches the most workloads, then what touches the most objects.
  private static final Comparator<Cause> ORDER =
      Comparator.comparing(Cause::severity)
          .thenComparing(
              Comparator.comparingInt((Cause cause) -> cause.workloads().size()).reversed())
          .thenComparing(
              Comparator.comparingInt((Cause cause) -> cause.affected().size()).reversed())
          .thenComparing(Cause::code)
          .thenComparing(Cause::check);

  public Cause {
    findings = List.copyOf(findings);
    followers = List.copyOf(followers);
    workloads = Collections.unmodifiableSet(new TreeSet<>(workloads));
  }

  /// The causes of all findings, in the order in which to look at them.
  public static List<Cause> of(Diagnosis diagnosis, MeshGraph graph) {
    var followers = new Followers(diagnosis);
    Map<Key, List<Finding>> byKey = new LinkedHashMap<>();
    for (var finding : diagnosis.findings()) {
      if (!followers.isFollower(finding)) {
        byKey
            .computeIfAbsent(
                new Key(finding.check(), finding.code(), finding.severity()),
                _ -> new ArrayList<>())
            .add(finding);
      }
    }
    return byKey.values().stream()
        .map(findings -> of(findings, followers, graph))
        .sorted(
            Comparator.comparing(Cause::worst)
                .thenComparing(cause -> diagnosis.effects().contains(cause.check()))
                .thenComparing(ORDER))
        .toList();
  }

  /// How bad it is with all that follows: as in [Diagnosis#findings()], a cause is as bad as that.
  private Severity worst() {
    return followers.stream()
        .map(Finding::severity)
        .reduce(severity, (one, other) -> one.isAtLeast(other) ? one : other);
  }

  private static Cause of(List<Finding> findings, Followers followers, MeshGraph graph) {
    var first = findings.getFirst();
    List<Finding> following = new ArrayList<>();
    findings.forEach(finding -> following.addAll(followers.of(finding)));
    var workloads = new TreeSet<ResourceId>();
    for (var all : List.of(findings, following)) {
      all.forEach(finding -> workloads.addAll(graph.reach(finding.resource())));
    }
    return new Cause(first.check(), first.code(), first.severity(), findings, following, workloads);
  }

  /// How far it reaches, such as `12 workloads`; its objects where it reaches no workload.
  public String reach() {
    return workloads.isEmpty()
        ? Wording.count(subjects().size(), "object")
        : Wording.count(workloads.size(), "workload");
  }

  /// The objects that its findings are about.
  public Set<ResourceId> subjects() {
    var subjects = new LinkedHashSet<ResourceId>();
    findings.forEach(finding -> subjects.add(finding.resource()));
    return subjects;
  }

  /// The objects that it touches: those it is about, and those that take part.
  public Set<ResourceId> affected() {
    var affected = subjects();
    findings.forEach(finding -> affected.addAll(finding.related()));
    return affected;
  }

  public String title() {
    return findings.getFirst().title();
  }

  /// What is wrong, in one line: what is said first of a single object, or the objects of several.
  public String line() {
    return subjects().size() == 1
        ? findings.getFirst().message()
        : Wording.some(subjects().stream().map(ResourceId::toString).toList());
  }
}
