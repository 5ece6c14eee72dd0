package io.bugreport.collector.machine;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

/// A virtual machine to collect from, or what the script printed on one.
public sealed interface MachineSource permits SavedOutput, Shell {
  /// What it is called where the machine has not said its own name.
  String name();

  /// Whether the script runs now, so that the machine's clock can be held against ours.
  boolean isLive();

  /// Opens it.
  ///
  /// @param script what a shell shall run
  /// @throws IOException when it cannot be opened; the message says what to do
  Output open(String script) throws IOException;

  /// What the script prints, as it comes.
  interface Output extends Closeable {
    InputStream stream();

    /// Ends it from another thread: the stream then ends soon.
    void kill();

    /// Why the stream ended, after it has; empty where there is nothing to say.
    String complaint();

    @Override
    void close() throws IOException;
  }
}
