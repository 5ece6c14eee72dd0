package io.bugreport.collector;

import io.fabric8.kubernetes.client.Config;

/// A cluster to collect from.
///
/// @param name its name in the archive, different from all others of the run
/// @param context the kubeconfig context that `config` stands for
/// @param config how to reach it; its namespace is tried where nothing may be listed cluster-wide
public record ClusterTarget(String name, String context, Config config) {
  public ClusterTarget {
    if (name.isBlank()) {
      throw new IllegalArgumentException("a cluster needs a name");
    }
  }
}
