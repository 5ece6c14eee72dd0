package io.bugreport.report.view;

import io.bugreport.model.finding.Diagnosis;
import io.bugreport.model.finding.Finding;
import io.bugreport.model.finding.Severity;
import io.bugreport.model.resource.ResourceId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Findings of one check with one code and severity: what is likely one thing to put right.
///
/// @param findings in their order, never empty
public record Cause(String check, String code, Severity severity, List<Finding> findings) {
  private record Key(String check, String code, Severity severity) {}

  /// Worst first, then what touches the most objects.
  public static final Comparator<Cause> ORDER =
      Comparator.comparing(Cause::severity)
          .thenComparing(
              Comparator.comparingInt((Cause cause) -> cause.affected().size()).reversed())
          .thenComparing(Cause::code)
          .thenComparing(Cause::check);

  public Cause {
    findings = List.copyOf(findings);
  }

  /// The causes of all findings, in the order in which to look at them.
  public static List<Cause> of(Diagnosis diagnosis) {
    Map<Key, List<Finding>> byKey = new LinkedHashMap<>();
    for (var finding : diagnosis.findings()) {
      byKey
          .computeIfAbsent(
              new Key(finding.check(), finding.code(), finding.severity()), _ -> new ArrayList<>())
          .add(finding);
    }
    return byKey.entrySet().stream()
        .map(
            entry ->
                new Cause(
                    entry.getKey().check(),
                    entry.getKey().code(),
                    entry.getKey().severity(),
                    entry.getValue()))
        .sorted(ORDER)
        .toList();
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

  /// What is wrong, in one line: the message of a single finding, or the objects of several.
  public String line() {
    return findings.size() == 1
        ? findings.getFirst().message()
        : Wording.some(subjects().stream().map(ResourceId::toString).toList());
  }
}
