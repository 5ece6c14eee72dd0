package io.bugreport.model.check;

import io.bugreport.model.finding.Conclusion;
import io.bugreport.model.finding.Conclusion.Found;
import io.bugreport.model.finding.Diagnosis;
import io.bugreport.model.finding.Finding;
import io.bugreport.model.resource.ResourceId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Puts findings that follow from another under it. Which checks explain which is theirs to
/// declare; that two findings belong together shows by the objects and ties that they share.
final class RootCauses {
  private final Map<String, Set<String>> follows = new HashMap<>();
  private final Map<Finding, List<String>> ties;
  private final Map<Object, List<Finding>> byShared = new HashMap<>();

  /// @param ties what findings have in common besides objects
  RootCauses(CheckCatalogue catalogue, Map<Finding, List<String>> ties) {
    catalogue.checks().forEach(check -> follows.put(check.id(), Set.copyOf(check.follows())));
    this.ties = ties;
  }

  /// The same conclusions, with the group of every finding that follows from another.
  Diagnosis group(Diagnosis diagnosis) {
    if (follows.values().stream().allMatch(Set::isEmpty)) {
      return diagnosis;
    }
    for (var finding : diagnosis.findings()) {
      shared(finding)
          .distinct()
          .forEach(key -> byShared.computeIfAbsent(key, _ -> new ArrayList<>()).add(finding));
    }
    return new Diagnosis(diagnosis.conclusions().stream().map(this::group).toList(), effects());
  }

  /// The checks whose findings mostly follow from others.
  private Set<String> effects() {
    var effects = new HashSet<String>();
    follows.forEach(
        (check, causes) -> {
          if (!causes.isEmpty()) {
            effects.add(check);
          }
        });
    return effects;
  }

  private Conclusion group(Conclusion conclusion) {
    return conclusion instanceof Found(var check, var findings, var gaps)
        ? new Found(check, findings.stream().map(this::group).toList(), gaps)
        : conclusion;
  }

  private Finding group(Finding finding) {
    var seen = new HashSet<>(Set.of(finding));
    var root = finding;
    for (var cause = cause(root); cause != null && seen.add(cause); cause = cause(root)) {
      root = cause;
    }
    return root.equals(finding) ? finding : finding.following(root);
  }

  /// The first finding, in their order, that explains one.
  private @Nullable Finding cause(Finding finding) {
    var causes = follows.getOrDefault(finding.check(), Set.of());
    if (causes.isEmpty()) {
      return null;
    }
    return shared(finding)
        .flatMap(key -> byShared.getOrDefault(key, List.of()).stream())
        .filter(other -> !other.check().equals(finding.check()))
        .filter(
            other ->
                (causes.contains(other.code()) || causes.contains(other.check()))
                    ? isMeant(finding, other)
                    : (causes.contains(Check.ANY) && isTied(finding, other) && isCause(other)))
        .min(Finding.ORDER)
        .orElse(null);
  }

  /// That both have to do with a third object is not enough.
  private boolean isMeant(Finding finding, Finding cause) {
    return objects(finding).anyMatch(cause.resource()::equals)
        || cause.related().contains(finding.resource())
        || isTied(finding, cause);
  }

  private boolean isTied(Finding one, Finding other) {
    return ties(one).anyMatch(tie -> ties(other).anyMatch(tie::equals));
  }

  /// Whether it is of a check whose findings follow from none.
  private boolean isCause(Finding finding) {
    return follows.getOrDefault(finding.check(), Set.of()).isEmpty();
  }

  private Stream<Object> shared(Finding finding) {
    return Stream.concat(objects(finding), ties(finding));
  }

  private static Stream<ResourceId> objects(Finding finding) {
    return Stream.concat(Stream.of(finding.resource()), finding.related().stream());
  }

  private Stream<String> ties(Finding finding) {
    return Objects.requireNonNullElse(ties.get(finding), List.<String>of()).stream();
  }
}
