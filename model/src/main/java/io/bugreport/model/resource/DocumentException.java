package io.bugreport.model.resource;

import java.io.IOException;
import tools.jackson.core.JacksonException;

/// A document that is not the JSON or YAML it should be.
public final class DocumentException extends IOException {
  private static final long serialVersionUID = 1L;

  private DocumentException(String message, Throwable cause) {
    super(message, cause);
  }

  /// Says which file, which line, and what is wrong there, in one line.
  public static DocumentException of(String path, JacksonException problem) {
    var location = problem.getLocation();
    var where = location == null ? path : path + ":" + Math.max(1, location.getLineNr());
    var what = problem.getOriginalMessage();
    return new DocumentException(
        where + ": " + (what == null ? "cannot be read" : what.lines().findFirst().orElse("")),
        problem);
  }
}
