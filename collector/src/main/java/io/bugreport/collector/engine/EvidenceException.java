package io.bugreport.collector.engine;

import java.io.IOException;

/// The archive cannot be written. It ends the run, unlike an error of what is collected.
public final class EvidenceException extends IOException {
  private static final long serialVersionUID = 1L;

  public EvidenceException(String message, IOException cause) {
    super(message, cause);
  }
}
