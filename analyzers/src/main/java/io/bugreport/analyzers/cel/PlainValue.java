package io.bugreport.analyzers.cel;

import io.bugreport.model.resource.Node;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Documents as the plain values that an expression is evaluated over.
public final class PlainValue {
  private PlainValue() {}

  /// An object as a map.
  public static Map<String, @Nullable Object> of(Node.Mapping mapping) {
    var fields = new LinkedHashMap<String, @Nullable Object>();
    mapping.fields().forEach((name, value) -> fields.put(name, value(value)));
    return Collections.unmodifiableMap(fields);
  }

  /// Any value; null for null.
  public static @Nullable Object value(Node node) {
    return switch (node) {
      case Node.Mapping mapping -> of(mapping);
      case Node.Sequence sequence -> {
        List<@Nullable Object> items = new ArrayList<>();
        sequence.items().forEach(item -> items.add(value(item)));
        yield Collections.unmodifiableList(items);
      }
      case Node.Scalar(var text, var type, _, _) ->
          switch (type) {
            case STRING -> text;
            case BOOLEAN -> Boolean.valueOf(text);
            case NULL -> null;
            case NUMBER -> number(text);
          };
    };
  }

  /// Whole numbers of 64 bits as such; all others as CEL's double.
  private static Object number(String text) {
    try {
      return Long.valueOf(text);
    } catch (NumberFormatException _) {
      try {
        return Double.valueOf(text);
      } catch (NumberFormatException _) {
        return text;
      }
    }
  }
}
