package io.bugreport.model.finding;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/// How bad it is, worst first.
public enum Severity {
  /// Traffic or the control plane is broken, or about to be, in the whole mesh.
  CRITICAL,
  /// Something is broken for some workloads.
  ERROR,
  /// Likely to break, or silently wrong.
  WARNING,
  /// Worth knowing.
  INFO;

  /// As in options and output: `critical`, `error`, `warning` or `info`.
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Whether this is as bad as the other, or worse.
  public boolean isAtLeast(Severity other) {
    return compareTo(other) <= 0;
  }

  /// Reads a word, in any case.
  @JsonCreator
  public static Severity of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
