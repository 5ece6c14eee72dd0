package io.bugreport.collector.resources;

import io.bugreport.model.resource.Node;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;
import tools.jackson.dataformat.yaml.util.StringQuotingChecker;

/// Writes documents as block YAML with one key per line. Every scalar keeps its type, for readers
/// of YAML 1.1 too: a string is written without quotes only if it can be nothing else.
final class Yaml {
  private static final TokenStreamFactory FACTORY =
      YAMLFactory.builder()
          .enable(YAMLWriteFeature.MINIMIZE_QUOTES)
          .enable(YAMLWriteFeature.LITERAL_BLOCK_STYLE)
          .enable(YAMLWriteFeature.ALLOW_LONG_KEYS)
          .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER)
          .disable(YAMLWriteFeature.SPLIT_LINES)
          .stringQuotingChecker(new OnlyPlainWords())
          .build();

  private Yaml() {}

  static JsonGenerator to(OutputStream out) {
    return FACTORY.createGenerator(ObjectWriteContext.empty(), out);
  }

  /// Writes a value in any format that a generator has.
  static void write(Node node, JsonGenerator to) {
    switch (node) {
      case Node.Mapping mapping -> {
        to.writeStartObject();
        mapping
            .fields()
            .forEach(
                (name, value) -> {
                  to.writeName(name);
                  write(value, to);
                });
        to.writeEndObject();
      }
      case Node.Sequence sequence -> {
        to.writeStartArray();
        sequence.items().forEach(item -> write(item, to));
        to.writeEndArray();
      }
      case Node.Scalar scalar -> {
        switch (scalar.type()) {
          case STRING -> to.writeString(scalar.text());
          case NUMBER -> to.writeNumber(scalar.text());
          case BOOLEAN -> to.writeBoolean(Boolean.parseBoolean(scalar.text()));
          case NULL -> to.writeNull();
        }
      }
    }
  }

  private static final class OnlyPlainWords extends StringQuotingChecker {
    private static final long serialVersionUID = 1L;

    private static final Pattern WORD = Pattern.compile("[A-Za-z_/][A-Za-z0-9_./-]*");
    private static final Set<String> RESERVED =
        Set.of("true", "false", "yes", "no", "on", "off", "y", "n", "null");

    @Override
    public boolean needToQuoteName(String name) {
      return needToQuoteValue(name);
    }

    @Override
    public boolean needToQuoteValue(String value) {
      return !WORD.matcher(value).matches() || RESERVED.contains(value.toLowerCase(Locale.ROOT));
    }
  }
}
