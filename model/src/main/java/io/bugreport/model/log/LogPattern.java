package io.bugreport.model.log;

import java.util.Optional;

/// What a check looks for in logs.
///
/// @param id unique in the check
/// @param matcher looks at each line
public record LogPattern(String id, Matcher matcher) {

  /// Looks at a line. It is asked for each line of each log, so the first thing it does should be
  /// cheap.
  @FunctionalInterface
  public interface Matcher {
    /// What the line is about, such as a name or a kind of failure; lines about the same are
    /// counted together. Empty where it is not what is looked for.
    Optional<String> match(LogLine line);
  }

  /// Lines that hold one of these texts; they are counted together by that text.
  public static LogPattern ofTexts(String id, String... texts) {
    return new LogPattern(
        id,
        line -> {
          for (var text : texts) {
            if (line.text().contains(text)) {
              return Optional.of(text);
            }
          }
          return Optional.empty();
        });
  }
}
