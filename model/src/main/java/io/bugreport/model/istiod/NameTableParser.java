package io.bugreport.model.istiod;

import io.bugreport.model.resource.DocumentException;
import io.bugreport.model.resource.DocumentReader;
import io.bugreport.model.resource.Location;
import java.io.IOException;
import java.io.InputStream;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Reads a name table without building a tree: a large mesh has thousands of names, and each proxy
/// has them twice. Values of another type than expected are skipped.
final class NameTableParser {
  private final String path;
  private final JsonParser parser;
  private final TreeMap<String, SortedSet<String>> addresses = new TreeMap<>();
  private Location location;

  private NameTableParser(String path, JsonParser parser) {
    this.path = path;
    this.parser = parser;
    location = new Location(path, 1, 1, "");
  }

  static NameTable read(String path, InputStream in) throws IOException {
    try (var parser = DocumentReader.json(in)) {
      parser.nextToken();
      return new NameTableParser(path, parser).read();
    } catch (JacksonException e) {
      throw DocumentException.of(path, e);
    }
  }

  private NameTable read() {
    object(
        field -> {
          if (field.equals("table")) {
            table("table");
          } else if (field.equals("configs") && parser.currentToken() == JsonToken.START_ARRAY) {
            for (var i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
              config("configs[" + i + "].table");
            }
          }
        });
    return new NameTable(addresses, location);
  }

  private void config(String at) {
    object(
        field -> {
          if (field.equals("table")) {
            table(at);
          }
        });
    parser.skipChildren();
  }

  private void table(String at) {
    var here = parser.currentTokenLocation();
    location = new Location(path, here.getLineNr(), here.getColumnNr(), at);
    object(
        host -> {
          var ips = addresses.computeIfAbsent(host, _ -> new TreeSet<>());
          object(
              field -> {
                if (field.equals("ips")) {
                  addTexts(ips);
                }
              });
        });
  }

  private void addTexts(SortedSet<String> texts) {
    if (parser.currentToken() == JsonToken.START_ARRAY) {
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        if (parser.currentToken().isScalarValue()) {
          texts.add(parser.getString());
        }
        parser.skipChildren();
      }
    }
  }

  /// Every field of the object at which the parser stands; what its taker leaves is passed over.
  private void object(Consumer<String> field) {
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        var name = parser.currentName();
        parser.nextToken();
        field.accept(name);
        parser.skipChildren();
      }
    }
  }
}
