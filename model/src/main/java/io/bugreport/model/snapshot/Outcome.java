package io.bugreport.model.snapshot;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;

/// What came of one planned item. Only the first three are answers; all others are gaps, which no
/// check may take for health.
public enum Outcome {
  /// Collected, whole.
  OK("ok"),
  /// Asked for, and there was nothing.
  EMPTY("empty"),
  /// The server says that there is no such thing (HTTP 404): an answer, not a gap.
  NOT_FOUND("notFound"),
  /// No right to see it (HTTP 401, 403, or a review of rights before).
  FORBIDDEN("forbidden"),
  /// No answer within the deadline of the item or the run.
  TIMEOUT("timeout"),
  /// Kept in part: the answer was cut off, or a size limit was reached.
  TRUNCATED("truncated"),
  /// The request failed in any other way.
  FAILED("failed"),
  /// Planned, but not asked: a limit, an option, or the end of the run.
  SKIPPED("skipped");

  private final String word;

  Outcome(String word) {
    this.word = word;
  }

  /// The word in `collection.jsonl`.
  @JsonValue
  public String word() {
    return word;
  }

  /// Whether something is missing that should be there.
  public boolean isGap() {
    return switch (this) {
      case OK, EMPTY, NOT_FOUND -> false;
      case FORBIDDEN, TIMEOUT, TRUNCATED, FAILED, SKIPPED -> true;
    };
  }

  @JsonCreator
  static Outcome of(String word) {
    return Arrays.stream(values())
        .filter(o -> o.word.equals(word))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no outcome is called " + word));
  }
}
