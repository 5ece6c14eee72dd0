package io.bugreport.collector.endpoints;

import java.io.IOException;

/// A request that was not sent, since nothing can come of it.
final class NotAskedException extends IOException {
  private static final long serialVersionUID = 1L;

  NotAskedException(String message) {
    super(message);
  }
}
