package io.bugreport.collector.pods;

import io.bugreport.collector.selection.Role;
import io.bugreport.model.resource.Field;
import java.util.List;
import java.util.Optional;

/// Tells what a pod is to the mesh by the labels that Istio's charts set, and by how its proxy was
/// started: `pilot-agent` is told `proxy sidecar`, `proxy router` or `proxy waypoint`.
final class Roles {
  static final String PROXY = "istio-proxy";
  private static final String WAYPOINT_CLASS = "istio-waypoint";

  private Roles() {}

  static Role of(Field pod) {
    var labels = pod.field("metadata.labels");
    if (has(labels, "app", "istiod") || has(labels, "istio", "pilot")) {
      return Role.ISTIOD;
    }
    if (has(labels, "app", "ztunnel")) {
      return Role.ZTUNNEL;
    }
    if (has(labels, "k8s-app", "istio-cni-node")) {
      return Role.CNI;
    }
    if (has(labels, "gateway.networking.k8s.io/gateway-class-name", WAYPOINT_CLASS)
        || has(labels, "gateway.istio.io/managed", "istio.io-mesh-controller")) {
      return Role.WAYPOINT;
    }
    for (var list : List.of("containers", "initContainers")) {
      for (var container : pod.fields("spec." + list + ".*")) {
        if (container.text("name").equals(PROXY)) {
          return ofProxy(container);
        }
      }
    }
    return Role.PLAIN;
  }

  private static Role ofProxy(Field container) {
    for (var list : List.of("args", "command")) {
      for (var argument : container.fields(list + ".*")) {
        switch (argument.text()) {
          case "router" -> {
            return Role.GATEWAY;
          }
          case "waypoint" -> {
            return Role.WAYPOINT;
          }
          default -> {}
        }
      }
    }
    return Role.SIDECAR;
  }

  private static boolean has(Optional<Field> labels, String name, String value) {
    return labels.flatMap(l -> l.named(name)).map(Field::text).orElse("").equals(value);
  }
}
