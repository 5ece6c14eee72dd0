package io.bugreport.analyzers.declared;

import io.bugreport.analyzers.cel.CelExpression;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// A sentence with expressions in `${…}`.
final class MessageTemplate {
  private static final Pattern EXPRESSION = Pattern.compile("\\$\\{([^}]*)}");

  private sealed interface Part {
    record Words(String text) implements Part {}

    record Value(CelExpression<String> expression) implements Part {}
  }

  private final List<Part> parts;

  private MessageTemplate(List<Part> parts) {
    this.parts = List.copyOf(parts);
  }

  /// @throws IllegalArgumentException when an expression in it is none
  static MessageTemplate parse(String text) {
    List<Part> parts = new ArrayList<>();
    var end = 0;
    for (var match = EXPRESSION.matcher(text); match.find(); end = match.end()) {
      parts.add(new Part.Words(text.substring(end, match.start())));
      parts.add(new Part.Value(CelExpression.text(match.group(1))));
    }
    parts.add(new Part.Words(text.substring(end)));
    return new MessageTemplate(parts);
  }

  /// The sentence about an object. What an object does not have is told as `?`: the finding holds
  /// without it.
  String of(Map<String, ?> object) {
    var text = new StringBuilder();
    for (var part : parts) {
      switch (part) {
        case Part.Words(var words) -> text.append(words);
        case Part.Value(var expression) -> text.append(value(expression, object));
      }
    }
    return text.toString();
  }

  private static String value(CelExpression<String> expression, Map<String, ?> object) {
    try {
      return expression.of(object);
    } catch (IllegalArgumentException _) {
      return "?";
    }
  }
}
