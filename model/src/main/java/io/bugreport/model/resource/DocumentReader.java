package io.bugreport.model.resource;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.dataformat.yaml.YAMLFactory;

/// Reads JSON and YAML documents into trees that know their lines.
public final class DocumentReader {
  private static final StreamReadConstraints CONSTRAINTS =
      StreamReadConstraints.builder()
          .maxNestingDepth(200)
          .maxStringLength(64 << 20)
          .maxNumberLength(1000)
          .build();
  private static final TokenStreamFactory JSON =
      JsonFactory.builder().streamReadConstraints(CONSTRAINTS).build();
  private static final TokenStreamFactory YAML =
      YAMLFactory.builder()
          .streamReadConstraints(CONSTRAINTS)
          .loadSettings(
              LoadSettings.builder()
                  .setCodePointLimit(Integer.MAX_VALUE)
                  .setAllowDuplicateKeys(true)
                  .build())
          .build();

  private DocumentReader() {}

  /// Opens a parser over a JSON document, for those who read it as a stream.
  public static JsonParser json(InputStream in) {
    return JSON.createParser(ObjectReadContext.empty(), in);
  }

  /// Opens a parser over YAML or JSON text.
  public static JsonParser yaml(InputStream in) {
    return YAML.createParser(ObjectReadContext.empty(), in);
  }

  /// Reads every document of a stream.
  ///
  /// @param path the file's name, which tells JSON from YAML and stands in messages
  /// @throws DocumentException with the line at which it stops being readable
  public static void read(String path, InputStream in, Consumer<Node> documents)
      throws IOException {
    try (var parser = path.endsWith(".json") ? json(in) : yaml(in)) {
      while (parser.nextToken() != null) {
        documents.accept(read(parser));
      }
    } catch (JacksonException e) {
      throw DocumentException.of(path, e);
    }
  }

  /// Reads the value at which a parser stands.
  public static Node read(JsonParser parser) {
    var location = parser.currentTokenLocation();
    var line = Math.max(1, location.getLineNr());
    var column = Math.max(1, location.getColumnNr());
    return switch (parser.currentToken()) {
      case START_OBJECT -> {
        var fields = new LinkedHashMap<String, Node>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
          var name = parser.currentName();
          parser.nextToken();
          fields.put(name, read(parser));
        }
        yield new Node.Mapping(fields, line, column);
      }
      case START_ARRAY -> {
        List<Node> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          items.add(read(parser));
        }
        yield new Node.Sequence(items, line, column);
      }
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
          scalar(parser.getString(), Node.Scalar.Type.NUMBER, line, column);
      case VALUE_TRUE, VALUE_FALSE ->
          scalar(parser.getString(), Node.Scalar.Type.BOOLEAN, line, column);
      case VALUE_NULL -> scalar("", Node.Scalar.Type.NULL, line, column);
      default -> scalar(parser.getString(), Node.Scalar.Type.STRING, line, column);
    };
  }

  private static Node scalar(@Nullable String text, Node.Scalar.Type type, int line, int column) {
    return new Node.Scalar(text == null ? "" : text, type, line, column);
  }
}
