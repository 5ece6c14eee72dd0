package io.bugreport.model.finding;

import io.bugreport.model.finding.Conclusion.Found;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/// What all checks conclude about a snapshot, sorted by check.
public record Diagnosis(List<Conclusion> conclusions) {

  public Diagnosis {
    conclusions = List.copyOf(conclusions);
  }

  /// All findings, worst first. What several checks say in the same words about the same place
  /// stands here once, as the worst of them has it; each conclusion keeps its own.
  public List<Finding> findings() {
    var said = new HashSet<Finding.Statement>();
    return conclusions.stream()
        .filter(Found.class::isInstance)
        .flatMap(c -> ((Found) c).findings().stream())
        .sorted(Finding.ORDER)
        .filter(finding -> said.add(finding.statement()))
        .toList();
  }

  /// How many findings have this severity.
  public long count(Severity severity) {
    return findings().stream().filter(f -> f.severity() == severity).count();
  }

  /// The worst severity found.
  public Optional<Severity> worst() {
    return findings().stream().map(Finding::severity).min(Severity::compareTo);
  }

  /// The conclusions of one sort, such as [Conclusion.NotEvaluated].
  public <T extends Conclusion> List<T> all(Class<T> sort) {
    return conclusions.stream().filter(sort::isInstance).map(sort::cast).toList();
  }
}
