package io.bugreport.collector.engine;

import io.bugreport.model.snapshot.Outcome;
import org.jspecify.annotations.Nullable;

/// What came of an item.
///
/// @param code the HTTP status, 0 where there was none
/// @param bytes bytes received
/// @param count objects received, for lists
/// @param reason why it is not whole, or empty
public record Result(Outcome outcome, int code, long bytes, long count, @Nullable String reason) {

  public static Result ok(int code, long bytes) {
    return new Result(bytes == 0 ? Outcome.EMPTY : Outcome.OK, code, bytes, 0, null);
  }

  public static Result list(long bytes, long count) {
    return new Result(count == 0 ? Outcome.EMPTY : Outcome.OK, 200, bytes, count, null);
  }

  /// An item of which nothing was received.
  public static Result nothing(Outcome outcome, int code, String reason) {
    return new Result(outcome, code, 0, 0, reason);
  }

  /// An item of which a part is kept.
  public static Result part(int code, long bytes, long count, String reason) {
    return new Result(Outcome.TRUNCATED, code, bytes, count, reason);
  }
}
