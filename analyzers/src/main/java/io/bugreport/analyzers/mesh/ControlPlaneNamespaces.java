package io.bugreport.analyzers.mesh;

import io.bugreport.model.resource.Resource;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;

/// The namespaces that control planes run in. In a cluster that shows none, it is `istio-system`.
public final class ControlPlaneNamespaces {
  private static final String USUAL = "istio-system";

  private final Set<Place> places = new HashSet<>();
  private final Set<String> clusters = new HashSet<>();

  private ControlPlaneNamespaces(Collection<Resource> resources, Predicate<Resource> shows) {
    for (var resource : resources) {
      if (shows.test(resource)) {
        places.add(Place.of(resource));
        clusters.add(resource.id().cluster());
      }
    }
  }

  /// By the ConfigMaps that lie beside istiod.
  public static ControlPlaneNamespaces byConfigMaps(Collection<Resource> configMaps) {
    return new ControlPlaneNamespaces(
        configMaps,
        map ->
            !map.annotations().containsKey(MeshConfig.OVERRIDE)
                && map.name().startsWith("istio")
                && map.field("data")
                    .filter(d -> d.named("mesh").isPresent() || d.named("values").isPresent())
                    .isPresent());
  }

  /// By the pods of istiod.
  public static ControlPlaneNamespaces byPods(Collection<Resource> pods) {
    return new ControlPlaneNamespaces(
        pods, pod -> pod.labels().getOrDefault("app", "").equals("istiod"));
  }

  /// Whether a namespace is one of them.
  public boolean isIn(Place place) {
    return clusters.contains(place.cluster())
        ? places.contains(place)
        : place.namespace().equals(USUAL);
  }
}
