package io.bugreport.collector.resources;

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
