package io.bugreport.collector.machine;

import java.io.IOException;

/// What a machine sent is not what the script prints.
final class MachineFormatException extends IOException {
  private static final long serialVersionUID = 1L;

  MachineFormatException(String message) {
    super(message);
  }
}
