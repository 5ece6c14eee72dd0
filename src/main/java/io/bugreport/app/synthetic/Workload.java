package io.bugreport.app.synthetic;

import java.util.List;
import java.util.SequencedMap;

/// A Deployment.
///
/// @param labels of its pods
/// @param account its service account
/// @param image of its application
/// @param ports of its application
record Workload(
    Role role,
    String namespace,
    String name,
    String hash,
    String app,
    String version,
    SequencedMap<String, String> labels,
    String account,
    String image,
    List<Integer> ports,
    int replicas,
    boolean nativeSidecar) {

  /// What a workload is in the mesh.
  enum Role {
    APPLICATION,
    GATEWAY,
    ISTIOD,
    DNS
  }

  String replicaSet() {
    return name + "-" + hash;
  }

  /// The name of the container that is not the proxy; empty for a gateway, which is nothing else.
  String container() {
    return switch (role) {
      case APPLICATION -> app;
      case GATEWAY -> "";
      case ISTIOD -> "discovery";
      case DNS -> "coredns";
    };
  }

  /// Who owns it, as Istio writes it.
  String owner() {
    return "kubernetes://apis/apps/v1/namespaces/" + namespace + "/deployments/" + name;
  }
}
