package io.bugreport.analyzers.routing;

import io.bugreport.analyzers.mesh.ClusterDomain;
import io.bugreport.analyzers.mesh.HostName;
import io.bugreport.model.resource.Resource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The subsets that any `VirtualService` sends traffic to, or a copy of it.
///
/// @param hosts the full names of hosts, by the name of the subset
record RoutedSubsets(Map<String, Set<String>> hosts) {

  static RoutedSubsets of(List<Resource> virtualServices, ClusterDomain domain) {
    Map<String, Set<String>> hosts = new HashMap<>();
    for (var service : virtualServices) {
      for (var destination : Destination.of(service)) {
        var subset = destination.subset();
        if (!subset.isEmpty()) {
          hosts
              .computeIfAbsent(subset, _ -> new HashSet<>())
              .add(domain.qualified(destination.host().text(), service.namespace()));
        }
      }
    }
    return new RoutedSubsets(hosts);
  }

  /// Whether a route leads to this subset of the host, or of a host that it covers as a wildcard.
  boolean contains(String host, String subset) {
    var routed = hosts.getOrDefault(subset, Set.of());
    return routed.contains(host)
        || (HostName.isWildcard(host)
            && routed.stream().anyMatch(other -> HostName.overlap(host, other)));
  }
}
