package io.bugreport.report.view;

import io.bugreport.model.finding.Severity;
import io.bugreport.model.snapshot.Outcome;
import java.util.Locale;

/// How something is shown: its colour and its symbol.
public enum Tone {
  CRITICAL,
  ERROR,
  WARNING,
  INFO,
  /// Could not be seen.
  UNKNOWN,
  GOOD,
  PLAIN;

  /// The name of its style and its symbol.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Whether it marks something that is not as it should be.
  public boolean isMarked() {
    return this != GOOD && this != PLAIN;
  }

  public static Tone of(Severity severity) {
    return switch (severity) {
      case CRITICAL -> CRITICAL;
      case ERROR -> ERROR;
      case WARNING -> WARNING;
      case INFO -> INFO;
    };
  }

  public static Tone of(Outcome outcome) {
    return switch (outcome) {
      case OK -> GOOD;
      case EMPTY, NOT_FOUND -> PLAIN;
      case TIMEOUT, FAILED -> ERROR;
      case FORBIDDEN, TRUNCATED -> WARNING;
      case SKIPPED -> UNKNOWN;
    };
  }
}
