package io.bugreport.collector.api;

import io.bugreport.collector.engine.DeadlineException;
import io.bugreport.collector.engine.Result;
import io.bugreport.collector.engine.StoppedException;
import io.bugreport.model.snapshot.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import tools.jackson.core.JacksonException;

/// What an error means for the item that it ended.
public final class Failures {
  private Failures() {}

  /// An item of which nothing came.
  public static Result nothing(Exception failure) {
    return switch (failure) {
      case ApiException e when e.isForbidden() ->
          Result.nothing(Outcome.FORBIDDEN, e.code(), words(e));
      case ApiException e when e.code() == 404 ->
          Result.nothing(Outcome.NOT_FOUND, e.code(), words(e));
      case ApiException e -> Result.nothing(Outcome.FAILED, e.code(), words(e));
      case DeadlineException e -> Result.nothing(Outcome.TIMEOUT, 0, words(e));
      case StoppedException e -> Result.nothing(Outcome.TIMEOUT, 0, "still under way: " + words(e));
      default -> Result.nothing(Outcome.FAILED, 0, words(failure));
    };
  }

  /// An item whose answer broke off.
  ///
  /// @param bytes bytes received before
  /// @param count objects received before
  public static Result after(Exception failure, int code, long bytes, long count) {
    return bytes == 0 && count == 0
        ? nothing(failure)
        : Result.part(code, bytes, count, "broke off: " + words(failure));
  }

  /// What an error says, and what kind it is where it says nothing.
  public static String words(Throwable failure) {
    var message = failure.getMessage();
    return switch (failure) {
      case ConnectException _ when message == null -> "the connection was refused";
      case UnknownHostException _ -> "no such host: " + message;
      default ->
          message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
    };
  }

  /// The I/O error behind a parser's, or that the text cannot be parsed.
  public static IOException parsing(JacksonException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException io) {
        return io;
      }
      if (cause instanceof UncheckedIOException unchecked && unchecked.getCause() != null) {
        return unchecked.getCause();
      }
    }
    return new IOException("not JSON: " + failure.getOriginalMessage(), failure);
  }
}
