package io.bugreport.collector.selection;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// What a pod is to the mesh.
public enum Role {
  /// A replica of the control plane.
  ISTIOD,
  /// A proxy at the edge: of istio-ingressgateway and its like, or of a Gateway of the Gateway API.
  GATEWAY,
  /// A proxy that ambient workloads are reached through.
  WAYPOINT,
  /// The ambient proxy of a node.
  ZTUNNEL,
  /// The CNI agent of a node.
  CNI,
  /// A workload with a proxy beside it.
  SIDECAR,
  /// A workload without a proxy of its own: ambient, or not in the mesh.
  PLAIN;

  /// Whether it serves the mesh rather than a user: collected whatever else is asked for.
  public boolean isInfrastructure() {
    return switch (this) {
      case ISTIOD, GATEWAY, WAYPOINT, ZTUNNEL, CNI -> true;
      case SIDECAR, PLAIN -> false;
    };
  }

  /// As on the command line: `gateway`.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Reads [#word()].
  public static Optional<Role> of(String word) {
    return Arrays.stream(values()).filter(r -> r.word().equalsIgnoreCase(word)).findFirst();
  }

  /// All words, for messages.
  public static String words() {
    return Arrays.stream(values()).map(Role::word).collect(Collectors.joining(", "));
  }
}
