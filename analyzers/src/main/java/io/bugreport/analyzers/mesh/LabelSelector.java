package io.bugreport.analyzers.mesh;

import io.bugreport.model.resource.Field;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// A Kubernetes label selector with `matchLabels` and `matchExpressions`. An absent or empty one
/// selects everything.
///
/// Source: `metav1.LabelSelector` of the Kubernetes API.
public final class LabelSelector {
  private record Requirement(String key, String operator, List<String> values) {
    boolean holds(Map<String, String> labels) {
      var value = labels.get(key);
      return switch (operator) {
        case "In" -> value != null && values.contains(value);
        case "NotIn" -> value == null || !values.contains(value);
        case "Exists" -> value != null;
        case "DoesNotExist" -> value == null;
        // An operator of a later Kubernetes: nobody knows, so it selects nothing.
        default -> false;
      };
    }
  }

  private final Map<String, String> exact = new HashMap<>();
  private final List<Requirement> requirements;

  private LabelSelector(Optional<Field> selector) {
    selector
        .map(s -> s.fields("matchLabels.*"))
        .orElse(List.of())
        .forEach(label -> exact.put(labelName(label), label.text()));
    requirements =
        selector.map(s -> s.fields("matchExpressions.*")).orElse(List.of()).stream()
            .map(
                f ->
                    new Requirement(
                        f.text("key"),
                        f.text("operator"),
                        f.fields("values.*").stream()
                            .map(Field::text)
                            .collect(Collectors.toList())))
            .toList();
  }

  /// Reads the selector that a field holds.
  public static LabelSelector of(Optional<Field> selector) {
    return new LabelSelector(selector);
  }

  /// Whether an optional selector of an object holds for labels; one that is not there holds for
  /// all.
  ///
  /// @param owner what has the selector
  /// @param name the selector's field, such as `namespaceSelector`
  public static boolean matches(Field owner, String name, Map<String, String> labels) {
    return of(owner.named(name)).selects(labels);
  }

  /// The label that a value of `matchLabels` is for; such names hold dots.
  public static String labelName(Field label) {
    return label.path().substring(label.path().lastIndexOf("matchLabels.") + 12);
  }

  /// Whether it selects an object with these labels.
  public boolean selects(Map<String, String> labels) {
    return labels.entrySet().containsAll(exact.entrySet())
        && requirements.stream().allMatch(r -> r.holds(labels));
  }
}
