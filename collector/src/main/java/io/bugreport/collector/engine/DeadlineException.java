package io.bugreport.collector.engine;

import java.io.IOException;

/// An answer that did not come, or not wholly, in the time that it was given.
public final class DeadlineException extends IOException {
  private static final long serialVersionUID = 1L;

  public DeadlineException(String message) {
    super(message);
  }
}
