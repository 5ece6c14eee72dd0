package io.bugreport.report;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/// Writes a document the same on every machine: fields in their order, two spaces, line feeds.
final class JsonText {
  private static final DefaultIndenter INDENT = new DefaultIndenter("  ", "\n");
  private static final JsonMapper MAPPER =
      JsonMapper.builder().disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY).build();

  private JsonText() {}

  static void write(Object document, OutputStream out) throws IOException {
    var printer = new DefaultPrettyPrinter().withObjectIndenter(INDENT).withArrayIndenter(INDENT);
    out.write(
        MAPPER
            .writer()
            .with(printer)
            .writeValueAsString(document)
            .getBytes(StandardCharsets.UTF_8));
    out.write('\n');
    out.flush();
  }
}
