package io.bugreport.collector.engine;

import java.io.IOException;

/// Work that was under way when the run stopped.
public final class StoppedException extends IOException {
  private static final long serialVersionUID = 1L;

  public StoppedException(String reason) {
    super(reason);
  }
}
