package io.bugreport.app.serve.api;

import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/// A column of a table.
///
/// @param type `string`, `integer`, `number`, `boolean` or `date`
/// @param format such as `name`; empty where there is none
/// @param priority 0 for those that are always shown, more for `-o wide`
/// @param cell what an object has in it: a text, number or boolean
record Column(
    String name, String type, String format, int priority, Function<JsonNode, Object> cell) {

  static Column text(String name, Function<JsonNode, Object> cell) {
    return new Column(name, "string", "", 0, cell);
  }

  static Column wide(String name, Function<JsonNode, Object> cell) {
    return new Column(name, "string", "", 1, cell);
  }

  static Column number(String name, Function<JsonNode, Object> cell) {
    return new Column(name, "integer", "", 0, cell);
  }

  /// The object's name, which every table begins with.
  static Column ofName() {
    return new Column("Name", "string", "name", 0, StoredObjects::name);
  }

  static Column age(Ages ages) {
    return text(
        "Age", object -> ages.since(JsonText.text(object, "metadata", "creationTimestamp")));
  }
}
