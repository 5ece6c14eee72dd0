package io.bugreport.app.serve.api;

import java.io.IOException;
import java.io.InputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads and writes JSON, and fields of it that may not be there.
final class JsonText {
  static final JsonMapper MAPPER = JsonMapper.builder().build();

  private JsonText() {}

  /// The text that a path of names leads to, or empty.
  static String text(JsonNode node, String... path) {
    return at(node, path).asString("");
  }

  /// The node that a path of names leads to, perhaps a missing one.
  static JsonNode at(JsonNode node, String... path) {
    var here = node;
    for (var name : path) {
      here = here.path(name);
    }
    return here;
  }

  /// Reads a JSON document.
  ///
  /// @param name what it is called in the message where it is none
  static JsonNode read(String name, InputStream in) throws IOException {
    try {
      return MAPPER.readTree(in);
    } catch (JacksonException e) {
      throw new IOException(name + " is not the JSON it should be: " + e.getOriginalMessage(), e);
    }
  }
}
