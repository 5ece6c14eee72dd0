package io.bugreport.app.serve.endpoint;

import java.io.IOException;

/// A port on which nothing listens.
public final class PortRefusedException extends IOException {
  private static final long serialVersionUID = 1L;

  PortRefusedException(String message) {
    super(message);
  }
}
