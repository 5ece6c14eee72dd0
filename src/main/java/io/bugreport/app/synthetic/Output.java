package io.bugreport.app.synthetic;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// One file on its way into a snapshot.
final class Output {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  // One blank for each level, and "key": value, as Envoy prints.
  private static final DefaultPrettyPrinter PRETTY =
      new DefaultPrettyPrinter(
              Separators.createDefaultInstance()
                  .withObjectNameValueSpacing(Separators.Spacing.AFTER))
          .withObjectIndenter(new DefaultIndenter(" ", "\n"))
          .withArrayIndenter(new DefaultIndenter(" ", "\n"));

  private final OutputStream out;

  Output(OutputStream out) {
    this.out = out;
  }

  void text(String text) {
    try {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// JSON as Envoy prints it.
  void pretty(JsonNode tree) {
    stream(json -> tree(json, tree));
  }

  /// JSON as istiod prints it.
  void compact(JsonNode tree) {
    text(JSON.writeValueAsString(tree));
  }

  /// JSON as Envoy prints it, written piece by piece.
  void stream(Consumer<JsonGenerator> content) {
    var writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    try (var json = JSON.writer().with(PRETTY).createGenerator(writer)) {
      content.accept(json);
    }
  }

  static void tree(JsonGenerator json, JsonNode tree) {
    json.writePOJO(tree);
  }

  /// Something that writes lines.
  @FunctionalInterface
  interface Lines {
    void write(Writer out) throws IOException;
  }

  void lines(Lines lines) throws IOException {
    var writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    lines.write(writer);
    writer.flush();
  }
}
