package io.bugreport.model.resource;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import tools.jackson.core.JacksonException;

/// A document that is not the JSON or YAML it should be.
public final class DocumentException extends IOException {
  private static final long serialVersionUID = 1L;

  private DocumentException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /// Says which file, which line, and what is wrong there, in one line.
  public static DocumentException of(String path, JacksonException problem) {
    var location = problem.getLocation();
    var line = location == null ? 1 : Math.max(1, location.getLineNr());
    return at(path, line, String.valueOf(problem.getOriginalMessage()), problem);
  }

  /// Says which file and what is wrong with it, where no line is known.
  static DocumentException of(String path, YamlEngineException problem) {
    return new DocumentException(
        path + ": " + firstLine(String.valueOf(problem.getMessage())), problem);
  }

  static DocumentException at(String path, int line, String what, @Nullable Throwable cause) {
    return new DocumentException(path + ":" + line + ": " + firstLine(what), cause);
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("cannot be read");
  }
}
