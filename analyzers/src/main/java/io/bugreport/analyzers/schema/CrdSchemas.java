package io.bugreport.analyzers.schema;

import io.bugreport.analyzers.schema.Schema.Bounds;
import io.bugreport.model.resource.Node;
import io.bugreport.model.resource.Resource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The schemas that clusters themselves hold objects against: those of their
/// `CustomResourceDefinition`s.
final class CrdSchemas {
  private final Map<Key, Schema> schemas = new HashMap<>();

  private record Key(String cluster, String group, String kind, String version) {}

  CrdSchemas(Collection<Resource> definitions) {
    for (var definition : definitions) {
      for (var version : definition.fields("spec.versions.*")) {
        version
            .field("schema.openAPIV3Schema.properties.spec")
            .map(spec -> schema(spec.node()))
            // One that takes everything would let everything pass.
            .filter(schema -> !schema.saysNothing())
            .ifPresent(
                schema ->
                    schemas.put(
                        new Key(
                            definition.id().cluster(),
                            definition.text("spec.group"),
                            definition.text("spec.names.kind"),
                            version.text("name")),
                        schema));
      }
    }
  }

  /// The schema of an object's `spec` in its cluster.
  Optional<Schema> of(Resource object, String version) {
    var id = object.id();
    return Optional.ofNullable(schemas.get(new Key(id.cluster(), id.group(), id.kind(), version)));
  }

  private static Schema schema(Node node) {
    var schema = new Schema();
    schema.type =
        isTrue(node, "x-kubernetes-int-or-string")
            ? Schema.Type.INT_OR_STRING
            : Schema.Type.of(text(node, "type"));
    schema.nullable = isTrue(node, "nullable");
    schema.open = isTrue(node, "x-kubernetes-preserve-unknown-fields");
    schema.unique = text(node, "x-kubernetes-list-type").equals("set");
    schema.keys = texts(node, "x-kubernetes-list-map-keys");
    schema.required = texts(node, "required");
    schema.allowed = texts(node, "enum");
    schema.format = text(node, "format");
    schema.pattern(text(node, "pattern"));
    schema.length = bounds(node, "minLength", "maxLength");
    schema.range = bounds(node, "minimum", "maximum");
    schema.count =
        schema.type == Schema.Type.ARRAY
            ? bounds(node, "minItems", "maxItems")
            : bounds(node, "minProperties", "maxProperties");
    schema.item = below(node, "items");
    schema.value = below(node, "additionalProperties");
    schema.not = below(node, "not");
    if (child(node, "properties") instanceof Node.Mapping(var fields, _, _)) {
      fields.forEach((name, field) -> schema.fields.put(name, schema(field)));
    }
    schema.fallback = child(node, "default");
    children(node, "x-kubernetes-validations")
        .forEach(rule -> schema.rules.add(new Rule(text(rule, "rule"), text(rule, "message"))));
    children(node, "allOf").forEach(child -> schema.all.add(schema(child)));
    children(node, "anyOf").forEach(child -> schema.any.add(schema(child)));
    children(node, "oneOf").forEach(child -> schema.one.add(schema(child)));
    return schema;
  }

  private static @Nullable Schema below(Node node, String name) {
    return child(node, name) instanceof Node.Mapping mapping ? schema(mapping) : null;
  }

  private static @Nullable Node child(Node node, String name) {
    return node instanceof Node.Mapping mapping ? mapping.get(name) : null;
  }

  private static List<Node> children(Node node, String name) {
    return child(node, name) instanceof Node.Sequence(var items, _, _) ? items : List.of();
  }

  private static String text(Node node, String name) {
    return child(node, name) instanceof Node.Scalar scalar ? scalar.text() : "";
  }

  private static boolean isTrue(Node node, String name) {
    return text(node, name).equals("true");
  }

  private static List<String> texts(Node node, String name) {
    return children(node, name).stream()
        .map(item -> item instanceof Node.Scalar scalar ? scalar.text() : "")
        .toList();
  }

  private static Bounds bounds(Node node, String least, String most) {
    return new Bounds(number(text(node, least)), number(text(node, most)));
  }

  private static @Nullable Double number(String text) {
    try {
      return text.isEmpty() ? null : Double.valueOf(text);
    } catch (NumberFormatException _) {
      // A definition from a hostile archive limits nothing.
      return null;
    }
  }
}
