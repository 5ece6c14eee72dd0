package io.bugreport.analyzers.mesh;

import io.bugreport.model.resource.Field;
import java.util.List;
import java.util.Map;

/// A label selector of Kubernetes: `matchLabels` and `matchExpressions`.
public final class LabelSelector {
  private LabelSelector() {}

  /// Whether an optional selector of an object holds for labels; one that is not there holds for
  /// all.
  ///
  /// @param owner what has the selector
  /// @param name the selector's field, such as `namespaceSelector`
  public static boolean matches(Field owner, String name, Map<String, String> labels) {
    return owner.named(name).map(selector -> matches(selector, labels)).orElse(true);
  }

  private static boolean matches(Field selector, Map<String, String> labels) {
    return matchLabels(selector).stream()
            .allMatch(label -> label.text().equals(labels.get(labelName(label))))
        && selector.fields("matchExpressions.*").stream().allMatch(e -> holds(e, labels));
  }

  /// The label that a value of `matchLabels` is for; such names hold dots.
  public static String labelName(Field label) {
    return label.path().substring(label.path().lastIndexOf("matchLabels.") + 12);
  }

  private static List<Field> matchLabels(Field selector) {
    return selector.fields("matchLabels.*");
  }

  private static boolean holds(Field expression, Map<String, String> labels) {
    var value = labels.get(expression.text("key"));
    var values = expression.fields("values.*").stream().map(Field::text).toList();
    return switch (expression.text("operator")) {
      case "In" -> value != null && values.contains(value);
      case "NotIn" -> value == null || !values.contains(value);
      case "Exists" -> value != null;
      case "DoesNotExist" -> value == null;
      default -> false;
    };
  }
}
