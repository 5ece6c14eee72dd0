package io.bugreport.app.synthetic;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// Documents with places to fill: `${name}`. A text that is nothing but one place becomes whatever
/// tree stands for it, and its field goes away where that is absent.
final class Templates {
  private static final YAMLMapper YAML = YAMLMapper.builder().build();
  private static final Pattern PLACE = Pattern.compile("\\$\\{(\\w+)}");

  private final Map<String, List<ObjectNode>> parsed = new HashMap<>();

  /// The first document of a template, filled.
  ObjectNode fill(String name, Map<String, ?> values) {
    return fillAll(name, values).getFirst();
  }

  /// All documents of a template, filled.
  List<ObjectNode> fillAll(String name, Map<String, ?> values) {
    return parsed.computeIfAbsent(name, Templates::parse).stream()
        .map(document -> (ObjectNode) filled(name, document, values))
        .toList();
  }

  private static List<ObjectNode> parse(String name) {
    try (var in = Templates.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("no template is called " + name);
      }
      List<ObjectNode> documents = new ArrayList<>();
      try (var values = YAML.readerFor(ObjectNode.class).<ObjectNode>readValues(in)) {
        values.forEachRemaining(documents::add);
      }
      return documents;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode filled(String name, JsonNode node, Map<String, ?> values) {
    return switch (node) {
      case ObjectNode object -> {
        var copy = Tree.object();
        object
            .properties()
            .forEach(
                field -> {
                  var value = filled(name, field.getValue(), values);
                  if (!value.isMissingNode()) {
                    copy.set(text(name, field.getKey(), values), value);
                  }
                });
        yield copy;
      }
      case ArrayNode array -> {
        List<JsonNode> items = new ArrayList<>();
        for (var item : array) {
          var value = filled(name, item, values);
          if (!value.isMissingNode()) {
            items.add(value);
          }
        }
        yield Tree.of(items);
      }
      default -> node.isString() ? place(name, node.stringValue(), values) : node;
    };
  }

  private static JsonNode place(String name, String text, Map<String, ?> values) {
    var whole = PLACE.matcher(text);
    return whole.matches()
        ? Tree.of(value(name, whole.group(1), values))
        : Tree.of(text(name, text, values));
  }

  private static String text(String name, String text, Map<String, ?> values) {
    if (text.indexOf('$') < 0) {
      return text;
    }
    return PLACE
        .matcher(text)
        .replaceAll(
            match ->
                java.util.regex.Matcher.quoteReplacement(
                    String.valueOf(value(name, match.group(1), values))));
  }

  private static Object value(String name, String place, Map<String, ?> values) {
    var value = values.get(place);
    if (value == null) {
      throw new IllegalStateException(name + " has a place that nothing fills: " + place);
    }
    return value;
  }
}
