package io.bugreport.collector.resources;

import io.bugreport.collector.api.Failures;
import io.bugreport.model.resource.DocumentReader;
import io.bugreport.model.resource.Node;
import java.io.IOException;
import java.io.InputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Reads one page of a list as a stream: one object is in memory at a time.
final class ListPage {

  /// Takes the objects of a page.
  @FunctionalInterface
  interface Objects {
    void accept(Node.Mapping object) throws IOException;
  }

  private ListPage() {}

  /// Hands over every object of a page.
  ///
  /// @return the token of the next page, empty at the end
  static String read(InputStream in, Objects objects) throws IOException {
    try (var parser = DocumentReader.json(in)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("not a list: the answer is no JSON object");
      }
      var token = "";
      var isList = false;
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        var name = parser.currentName();
        parser.nextToken();
        switch (name) {
          case "metadata" -> token = continueToken(DocumentReader.read(parser));
          case "items" -> {
            items(parser, objects);
            isList = true;
          }
          default -> parser.skipChildren();
        }
      }
      if (!isList) {
        throw new IOException("not a list: the answer has no items");
      }
      return token;
    } catch (JacksonException e) {
      throw Failures.parsing(e);
    }
  }

  private static void items(JsonParser parser, Objects objects) throws IOException {
    if (parser.currentToken() == JsonToken.START_ARRAY) {
      while (parser.nextToken() == JsonToken.START_OBJECT) {
        if (DocumentReader.read(parser) instanceof Node.Mapping object) {
          objects.accept(object);
        }
      }
    }
  }

  private static String continueToken(Node metadata) {
    return metadata instanceof Node.Mapping mapping
            && mapping.get("continue") instanceof Node.Scalar scalar
        ? scalar.text()
        : "";
  }
}
