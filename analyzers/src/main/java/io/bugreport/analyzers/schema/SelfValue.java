package io.bugreport.analyzers.schema;

import io.bugreport.analyzers.cel.PlainValue;
import io.bugreport.model.resource.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Values as the API server gives them to rules: with the defaults of their schema, and fields by
/// names that an expression can hold.
final class SelfValue {
  private static final String RESERVED = "namespace";

  private SelfValue() {}

  static @Nullable Object of(Schema schema, Node node) {
    return switch (node) {
      case Node.Mapping mapping when !schema.fields.isEmpty() -> fields(schema, mapping);
      case Node.Mapping mapping when schema.value != null -> {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (var entry : mapping.fields().entrySet()) {
          values.put(entry.getKey(), of(schema.value, entry.getValue()));
        }
        yield values;
      }
      case Node.Sequence sequence when schema.item != null -> {
        List<@Nullable Object> items = new ArrayList<>();
        for (var item : sequence.items()) {
          items.add(of(schema.item, item));
        }
        yield items;
      }
      default -> PlainValue.value(node);
    };
  }

  private static Map<String, @Nullable Object> fields(Schema schema, Node.Mapping mapping) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    schema.fields.forEach(
        (name, field) -> {
          var value = mapping.get(name);
          var given = value == null ? field.fallback : value;
          // A field that is null is one that is not there.
          var plain = given == null ? null : of(field, given);
          if (plain != null) {
            values.put(name.equals(RESERVED) ? "__" + RESERVED + "__" : name, plain);
          }
        });
    return values;
  }
}
