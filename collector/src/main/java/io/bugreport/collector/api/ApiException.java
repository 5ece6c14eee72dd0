package io.bugreport.collector.api;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A server's answer that is an error.
public final class ApiException extends IOException {
  private static final long serialVersionUID = 1L;

  private final int code;
  private final transient @Nullable Duration retryAfter;
  private final transient String continueToken;

  /// @param message in the server's own words
  /// @param retryAfter when the server wants to be asked again
  /// @param continueToken for 410: where the list can go on, or empty
  ApiException(int code, String message, @Nullable Duration retryAfter, String continueToken) {
    super("HTTP " + code + ": " + message);
    this.code = code;
    this.retryAfter = retryAfter;
    this.continueToken = continueToken;
  }

  public int code() {
    return code;
  }

  public String continueToken() {
    return continueToken;
  }

  @Nullable Duration retryAfter() {
    return retryAfter;
  }

  /// No right: 401 or 403.
  public boolean isForbidden() {
    return code == 401 || code == 403;
  }

  /// Whether the server asks for patience: it answers too many requests already.
  boolean isBusy() {
    return code == 429;
  }

  /// Whether asking again can help.
  boolean isPassing() {
    return isBusy() || code == 500 || code == 502 || code == 503 || code == 504;
  }
}
