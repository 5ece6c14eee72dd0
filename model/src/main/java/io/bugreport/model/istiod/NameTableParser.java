package io.bugreport.model.istiod;

import io.bugreport.model.resource.DocumentException;
import io.bugreport.model.resource.DocumentReader;
import io.bugreport.model.resource.JsonWalk;
import io.bugreport.model.resource.Location;
import java.io.IOException;
import java.io.InputStream;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;

/// Reads a name table without building a tree: a large mesh has thousands of names, and each proxy
/// has them twice. Values of another type than expected are skipped.
final class NameTableParser {
  private static final String TABLE = "table";

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
    JsonWalk.object(
        parser,
        field -> {
          if (field.equals("configs")) {
            JsonWalk.array(parser, i -> tableIn("configs[" + i + "]."));
          } else if (field.equals(TABLE)) {
            table(TABLE);
          }
        });
    return new NameTable(addresses, location);
  }

  private void tableIn(String above) {
    JsonWalk.object(
        parser,
        field -> {
          if (field.equals(TABLE)) {
            table(above + TABLE);
          }
        });
  }

  private void table(String at) {
    var here = parser.currentTokenLocation();
    location = new Location(path, here.getLineNr(), here.getColumnNr(), at);
    JsonWalk.object(
        parser,
        host -> {
          var ips = addresses.computeIfAbsent(host, _ -> new TreeSet<>());
          JsonWalk.object(
              parser,
              field -> {
                if (field.equals("ips")) {
                  JsonWalk.array(parser, _ -> addText(ips));
                }
              });
        });
  }

  private void addText(SortedSet<String> texts) {
    if (parser.currentToken().isScalarValue()) {
      texts.add(parser.getString());
    }
  }
}
