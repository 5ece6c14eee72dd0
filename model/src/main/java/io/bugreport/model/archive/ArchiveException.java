package io.bugreport.model.archive;

import java.io.IOException;

/// An archive that cannot be read, or must not be: the message says what is wrong with it and
/// where.
public final class ArchiveException extends IOException {
  private static final long serialVersionUID = 1L;

  public ArchiveException(String message) {
    super(message);
  }

  public ArchiveException(String message, Throwable cause) {
    super(message, cause);
  }
}
