package io.bugreport.app;

import io.bugreport.model.finding.Finding;
import io.bugreport.model.resource.Resource;
import io.bugreport.model.resource.ResourceId;
import io.bugreport.model.resource.ResourceKind;
import io.bugreport.model.snapshot.Snapshot;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Findings that an object itself asks not to see: its annotation lists their codes, joined by
/// commas, or `*` for all. Istio's annotation counts as well as ours.
final class AnnotatedSuppression implements Predicate<Finding> {
  static final String OURS = "bug-report.io/suppress";
  static final String ISTIO = "galley.istio.io/analyze-suppress";

  private static final String ALL = "*";

  private final Map<ResourceId, Set<String>> codes = new HashMap<>();

  /// @param findings whose objects to look at
  AnnotatedSuppression(Snapshot snapshot, List<Finding> findings) throws IOException {
    Set<ResourceKind> kinds = EnumSet.noneOf(ResourceKind.class);
    for (var finding : findings) {
      var id = finding.resource();
      ResourceKind.of(id.group().isEmpty() ? "v1" : id.group() + "/", id.kind())
          .ifPresent(kinds::add);
    }
    for (var cluster : snapshot.clusters()) {
      for (var kind : kinds) {
        cluster.all(kind).forEach(this::add);
      }
    }
  }

  private void add(Resource object) {
    var annotations = object.annotations();
    for (var annotation : List.of(OURS, ISTIO)) {
      var value = annotations.get(annotation);
      if (value != null) {
        words(value)
            .forEach(code -> codes.computeIfAbsent(object.id(), _ -> new HashSet<>()).add(code));
      }
    }
  }

  private static Stream<String> words(String value) {
    return Arrays.stream(value.split(",", -1)).map(String::strip).filter(w -> !w.isEmpty());
  }

  @Override
  public boolean test(Finding finding) {
    var suppressed = codes.getOrDefault(finding.resource(), Set.of());
    return suppressed.contains(ALL) || suppressed.contains(finding.code());
  }
}
