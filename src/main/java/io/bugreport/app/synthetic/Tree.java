package io.bugreport.app.synthetic;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/// Short ways to make document trees.
final class Tree {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /// Stands for a field that is not there.
  static final JsonNode ABSENT = MissingNode.getInstance();

  private Tree() {}

  /// A mapping of names and values that alternate. Absent values are left out.
  static ObjectNode object(Object... pairs) {
    var object = NODES.objectNode();
    for (var i = 0; i < pairs.length; i += 2) {
      var value = of(pairs[i + 1]);
      if (!value.isMissingNode()) {
        object.set((String) pairs[i], value);
      }
    }
    return object;
  }

  static ArrayNode array(Object... values) {
    return (ArrayNode) of(List.of(values));
  }

  /// The tree of a value: a tree, a text, a number, a truth value, a list or a map.
  static JsonNode of(Object value) {
    return switch (value) {
      case JsonNode node -> node;
      case String text -> NODES.stringNode(text);
      case Integer number -> NODES.numberNode(number);
      case Long number -> NODES.numberNode(number);
      case Boolean truth -> NODES.booleanNode(truth);
      case List<?> list -> {
        var array = NODES.arrayNode();
        list.forEach(item -> array.add(of(item)));
        yield array;
      }
      case Map<?, ?> map -> {
        var object = NODES.objectNode();
        // Sorted, since an unsorted map has another order in every process.
        new TreeMap<>(map).forEach((key, item) -> object.set((String) key, of(item)));
        yield object;
      }
      default -> throw new IllegalArgumentException("no tree is made of " + value.getClass());
    };
  }
}
