package io.bugreport.model.finding;

import io.bugreport.model.finding.Conclusion.Found;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What all checks conclude about a snapshot, sorted by check.
///
/// @param effects the checks whose findings mostly follow from others: where nobody knows of what,
///   they come after causes that are as bad
public record Diagnosis(List<Conclusion> conclusions, Set<String> effects) {

  public Diagnosis {
    conclusions = List.copyOf(conclusions);
    effects = Set.copyOf(effects);
  }

  public Diagnosis(List<Conclusion> conclusions) {
    this(conclusions, Set.of());
  }

  /// All findings in the order in which to look at them: each cause with what follows from it
  /// behind it, that of the worst trouble first. What several checks say in the same words about
  /// the same place stands here once, as the worst of them has it; each conclusion keeps its own.
  public List<Finding> findings() {
    var said = new HashSet<Finding.Statement>();
    return CauseOrder.of(
        conclusions.stream()
            .filter(Found.class::isInstance)
            .flatMap(c -> ((Found) c).findings().stream())
            .sorted(Finding.ORDER)
            .filter(finding -> said.add(finding.statement()))
            .toList(),
        effects);
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
