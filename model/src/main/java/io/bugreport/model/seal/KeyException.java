package io.bugreport.model.seal;

import java.io.IOException;

/// A key that cannot be used, or does not fit: the message says why, and what to do.
public final class KeyException extends IOException {
  private static final long serialVersionUID = 1L;

  public KeyException(String message) {
    super(message);
  }

  public KeyException(String message, Throwable cause) {
    super(message, cause);
  }
}
