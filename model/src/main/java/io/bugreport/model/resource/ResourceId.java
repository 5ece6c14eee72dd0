package io.bugreport.model.resource;

import java.util.Comparator;

/// Which object, in which cluster.
///
/// @param cluster the cluster's name in the archive
/// @param group the API group, empty for the core group
/// @param kind such as `VirtualService`
/// @param namespace empty for cluster-scoped objects
/// @param name its name
public record ResourceId(String cluster, String group, String kind, String namespace, String name)
    implements Comparable<ResourceId> {
  private static final Comparator<ResourceId> ORDER =
      Comparator.comparing(ResourceId::cluster)
          .thenComparing(ResourceId::namespace)
          .thenComparing(ResourceId::kind)
          .thenComparing(ResourceId::group)
          .thenComparing(ResourceId::name);

  @Override
  public int compareTo(ResourceId other) {
    return ORDER.compare(this, other);
  }

  /// As people write it: `VirtualService bookinfo/reviews`.
  @Override
  public String toString() {
    return kind + " " + (namespace.isEmpty() ? name : namespace + "/" + name);
  }
}
