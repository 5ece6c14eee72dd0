package io.bugreport.model.resource;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
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
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.dataformat.yaml.YAMLFactory;

/// Reads JSON and YAML documents into trees that know their lines.
public final class DocumentReader {
  /// How deep values may be nested; Kubernetes itself stops far before.
  static final int DEEPEST = 200;

  /// JSON text of this length may turn out to be YAML after all.
  private static final int SECOND_LOOK = 1 << 20;

  private static final StreamReadConstraints CONSTRAINTS =
      StreamReadConstraints.builder()
          .maxNestingDepth(DEEPEST)
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

  /// Reads every document of a stream. Where a file of YAML begins as JSON does, it is read as
  /// that: lists that an API server answered lie so in the archive, and JSON is read many times
  /// faster.
  ///
  /// @param path the file's name, which tells JSON from YAML and stands in messages
  /// @throws DocumentException with the line at which it stops being readable
  public static void read(String path, InputStream in, Consumer<Node> documents)
      throws IOException {
    if (path.endsWith(".json")) {
      readJson(path, in, documents);
      return;
    }
    var text = new BufferedInputStream(in);
    if (!beginsAsJson(text)) {
      YamlDocuments.read(path, text, documents);
      return;
    }
    text.mark(SECOND_LOOK);
    List<Node> read = new ArrayList<>();
    try {
      readJson(path, new Unclosed(text), read::add);
    } catch (DocumentException e) {
      again(text, e);
      YamlDocuments.read(path, text, documents);
      return;
    }
    read.forEach(documents);
  }

  private static void readJson(String path, InputStream in, Consumer<Node> documents)
      throws IOException {
    try (var parser = json(in)) {
      while (parser.nextToken() != null) {
        documents.accept(read(parser));
      }
    } catch (JacksonIOException e) {
      throw e.getCause();
    } catch (JacksonException e) {
      throw DocumentException.of(path, e);
    }
  }

  /// Whether the first signs are an opening brace and a quote. YAML in flow style may begin so too.
  private static boolean beginsAsJson(InputStream text) throws IOException {
    var look = 64;
    text.mark(look);
    var signs = new String(text.readNBytes(look), StandardCharsets.UTF_8).replaceAll("\\s", "");
    text.reset();
    return signs.startsWith("{\"");
  }

  /// Goes back to the beginning, or gives up where too much was read since.
  private static void again(InputStream text, DocumentException problem) throws IOException {
    try {
      text.reset();
    } catch (IOException e) {
      problem.addSuppressed(e);
      throw problem;
    }
  }

  private static final class Unclosed extends FilterInputStream {
    Unclosed(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      return in.read(buffer, offset, length);
    }

    @Override
    public void close() {
      // It is read a second time where it is no JSON.
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

  /// Reads no more than the head of the value at which a parser stands: what scalars say at most
  /// this many objects below it. Arrays, and objects further down, are passed over and left out.
  public static Node readHead(JsonParser parser, int depth) {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      return read(parser);
    }
    var location = parser.currentTokenLocation();
    var fields = new LinkedHashMap<String, Node>();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      var name = parser.currentName();
      var token = parser.nextToken();
      if (token == JsonToken.START_ARRAY || (token == JsonToken.START_OBJECT && depth == 0)) {
        parser.skipChildren();
      } else {
        fields.put(name, readHead(parser, depth - 1));
      }
    }
    return new Node.Mapping(
        fields, Math.max(1, location.getLineNr()), Math.max(1, location.getColumnNr()));
  }

  private static Node scalar(@Nullable String text, Node.Scalar.Type type, int line, int column) {
    return new Node.Scalar(text == null ? "" : text, type, line, column);
  }
}
