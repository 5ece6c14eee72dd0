package io.bugreport.model.resource;

import java.util.function.Consumer;
import java.util.function.IntConsumer;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Steps through JSON as a stream, for long answers of which little is wanted. Whatever is called
/// for a value need not read it to its end, and a value of another sort than expected is passed
/// over.
public final class JsonWalk {
  private JsonWalk() {}

  /// Calls for every field of the object at which the parser stands, with its name; the parser then
  /// stands at its value.
  public static void object(JsonParser parser, Consumer<String> field) {
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        var name = parser.currentName();
        parser.nextToken();
        field.accept(name);
        parser.skipChildren();
      }
    }
  }

  /// Calls for every item of the array at which the parser stands, with its number from 0; the
  /// parser then stands at it.
  public static void array(JsonParser parser, IntConsumer item) {
    if (parser.currentToken() == JsonToken.START_ARRAY) {
      for (var at = 0; parser.nextToken() != JsonToken.END_ARRAY; at++) {
        item.accept(at);
        parser.skipChildren();
      }
    }
  }
}
