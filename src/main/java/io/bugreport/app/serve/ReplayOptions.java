package io.bugreport.app.serve;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// How a snapshot is served.
///
/// @param port of the first cluster, the others follow; 0 for any free ones
/// @param live ports of pods behind which something real answers
/// @param kubeconfig the file to write; empty for one in a private temporary folder, which goes
///   with the server
/// @param requestLog the file that gets one line for each request; empty for none
public record ReplayOptions(
    int port, List<LiveTarget> live, Optional<Path> kubeconfig, Optional<Path> requestLog) {
  public ReplayOptions {
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("not a port: " + port);
    }
    live = List.copyOf(live);
  }

  /// Any free ports, recordings only, a temporary kubeconfig.
  public static ReplayOptions standard() {
    return new ReplayOptions(0, List.of(), Optional.empty(), Optional.empty());
  }
}
