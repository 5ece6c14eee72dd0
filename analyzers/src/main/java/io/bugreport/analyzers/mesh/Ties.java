package io.bugreport.analyzers.mesh;

import io.bugreport.model.check.Observation;
import java.util.List;

/// What observations of different checks have in common, so that an effect is found under its
/// cause, see [Observation#tie].
public final class Ties {

  /// A trouble of a whole cluster, which shows in places that have no object in common.
  public enum Topic {
    /// Proxies that refuse what istiod sends.
    REJECTION,
    /// Certificates that gateways ask istiod for.
    GATEWAY_CERTIFICATES,
    /// The signing of workloads' certificates.
    SIGNING,
    /// The webhooks that inject and validate.
    WEBHOOKS,
    /// The keys that tokens are checked with.
    KEYS,
    /// The other clusters of the mesh.
    CLUSTERS,
    /// Whether istiod can be reached at all.
    CONTROL_PLANE
  }

  private static final int PARTS = 4;

  private Ties() {}

  /// A trouble in a cluster.
  public static String topic(Topic topic, String cluster) {
    return topic + " in " + cluster;
  }

  /// The same observations, with a trouble of their cluster in common.
  public static List<Observation> about(Topic topic, List<Observation> observations) {
    return observations.stream().map(o -> o.tie(topic(topic, o.resource().cluster()))).toList();
  }

  /// A host of the mesh, by its full name.
  public static String host(String name) {
    return "host " + name;
  }

  /// The host that a cluster of Envoy leads to, by the cluster's name.
  public static String upstream(String cluster) {
    var parts = cluster.split("\\|", -1);
    return host(parts.length == PARTS ? parts[PARTS - 1] : cluster);
  }
}
