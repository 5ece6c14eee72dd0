package io.bugreport.analyzers.mesh;

import java.util.Set;

/// The namespaces of Kubernetes itself, which nobody puts into a mesh.
public final class KubernetesNamespaces {
  private static final Set<String> NAMES =
      Set.of("kube-system", "kube-public", "kube-node-lease", "local-path-storage");

  private KubernetesNamespaces() {}

  public static boolean contains(String namespace) {
    return NAMES.contains(namespace);
  }
}
