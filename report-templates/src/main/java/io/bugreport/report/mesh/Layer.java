package io.bugreport.report.mesh;

import io.bugreport.model.resource.ResourceId;

/// Where an object stands on a request's way, from the left to the right.
public enum Layer {
  GATEWAY("Gateways"),
  ROUTE("Routes"),
  SERVICE("Services"),
  WORKLOAD("Workloads"),
  POLICY("Policies");

  private final String title;

  Layer(String title) {
    this.title = title;
  }

  /// Its name over a column.
  public String title() {
    return title;
  }

  /// The layer of an object; whatever has no place on the way counts as a policy.
  public static Layer of(ResourceId id) {
    return switch (id.kind()) {
      case "Gateway", "GatewayClass", "Ingress" -> GATEWAY;
      case "VirtualService", "HTTPRoute", "GRPCRoute", "TCPRoute", "TLSRoute" -> ROUTE;
      case "Service", "ServiceEntry", "Endpoints", "EndpointSlice" -> SERVICE;
      case "Deployment",
          "StatefulSet",
          "DaemonSet",
          "ReplicaSet",
          "Job",
          "Pod",
          "WorkloadEntry",
          "WorkloadGroup",
          "Node" ->
          WORKLOAD;
      default -> POLICY;
    };
  }
}
