package io.bugreport.model.finding;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// Orders findings so that causes come first. A cause is as bad as the worst that follows from it:
/// a harmless looking one that breaks everything is the first to look at.
final class CauseOrder {

  /// A cause, and what follows from it.
  private record Family(Finding cause, List<Finding> followers) {
    Severity worst() {
      return followers.stream()
          .map(Finding::severity)
          .reduce(cause.severity(), (one, other) -> one.isAtLeast(other) ? one : other);
    }
  }

  private CauseOrder() {}

  /// @param sorted findings in [Finding#ORDER]
  /// @param effects the checks whose findings mostly follow from others
  static List<Finding> of(List<Finding> sorted, Set<String> effects) {
    Map<String, Family> byName = new HashMap<>();
    List<Family> families = new ArrayList<>();
    for (var finding : sorted) {
      if (finding.group() == null) {
        var family = new Family(finding, new ArrayList<>());
        families.add(family);
        byName.putIfAbsent(finding.name(), family);
      }
    }
    for (var finding : sorted) {
      if (finding.group() != null) {
        var family = byName.get(Objects.requireNonNull(finding.group()));
        if (family == null) {
          families.add(new Family(finding, List.of()));
        } else {
          family.followers().add(finding);
        }
      }
    }
    families.sort(
        Comparator.comparing(Family::worst)
            .thenComparing(family -> effects.contains(family.cause().check()))
            .thenComparing(family -> family.cause().severity())
            .thenComparing(Comparator.comparingInt((Family f) -> f.followers().size()).reversed())
            .thenComparing(Family::cause, Finding.ORDER));
    List<Finding> ordered = new ArrayList<>();
    for (var family : families) {
      ordered.add(family.cause());
      ordered.addAll(family.followers());
    }
    return ordered;
  }
}
