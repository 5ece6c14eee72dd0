package io.bugreport.analyzers.schema;

import io.bugreport.analyzers.cel.CelExpression;
import org.jspecify.annotations.Nullable;

/// A rule in CEL that a definition has for a value, compiled when it is first needed.
///
/// See
/// https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#validation-rules
final class Rule {
  private static final String FORMER = "oldSelf";

  private final String text;
  private final String message;
  private boolean isCompiled;

  /// Null where nothing can be said by it here.
  private @Nullable CelExpression<Boolean> expression;

  /// @param message what the definition says where it does not hold; may be empty
  Rule(String text, String message) {
    this.text = text;
    this.message = message;
  }

  /// Whether a value breaks it. What compares with a former object, uses functions that are not
  /// known here, or has no value, is not broken: the API server knows more.
  boolean isBrokenBy(Object self) {
    try {
      var rule = expression();
      return rule != null && !rule.of(self);
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  private @Nullable CelExpression<Boolean> expression() {
    if (!isCompiled) {
      isCompiled = true;
      expression = compiled();
    }
    return expression;
  }

  private @Nullable CelExpression<Boolean> compiled() {
    try {
      return text.contains(FORMER) ? null : CelExpression.rule(text);
    } catch (IllegalArgumentException _) {
      return null;
    }
  }

  /// What is asked for, in the words of the definition, without a full stop.
  String words() {
    return (message.isEmpty() ? text : message).strip().replaceFirst("\\.$", "");
  }
}
