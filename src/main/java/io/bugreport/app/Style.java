package io.bugreport.app;

import io.bugreport.model.finding.Severity;

/// Emphasis on a terminal; none where colours are off.
public record Style(boolean color) {
  private static final String RESET = "\u001b[0m";

  public String bold(String text) {
    return in("1", text);
  }

  public String faint(String text) {
    return in("2", text);
  }

  /// A severity's word, in its colour.
  public String severity(Severity severity) {
    var parameters =
        switch (severity) {
          case CRITICAL -> "1;31";
          case ERROR -> "31";
          case WARNING -> "33";
          case INFO -> "36";
        };
    return in(parameters, severity.name());
  }

  private String in(String parameters, String text) {
    return color ? "\u001b[" + parameters + "m" + text + RESET : text;
  }
}
