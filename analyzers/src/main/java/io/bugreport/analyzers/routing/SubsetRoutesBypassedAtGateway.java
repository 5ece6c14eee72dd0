package io.bugreport.analyzers.routing;

import static io.bugreport.model.resource.ResourceKind.VIRTUAL_SERVICE;

import io.bugreport.model.check.Analyzer;
import io.bugreport.model.check.Check;
import io.bugreport.model.check.Mesh;
import io.bugreport.model.check.Observation;
import io.bugreport.model.finding.Severity;
import io.bugreport.model.resource.Field;
import io.bugreport.model.resource.Resource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A `VirtualService` bound to a gateway sends requests to a host, and another `VirtualService`
/// splits that host into subsets. A gateway resolves its route once: what comes in through it goes
/// straight to the host and is spread over all versions, so a canary or a pinned version is not
/// respected for outside traffic.
///
/// ## Fix
///
/// Name the subset in the route of the gateway too, or bind the `VirtualService` that holds the
/// rules to the gateway as well:
///
/// ```yaml
/// spec:
///   hosts: [reviews.example.com, reviews]
///   gateways: [ingress, mesh]
/// ```
@Check(
    codes = "IST0140",
    title = "Subset rules that gateway traffic does not pass",
    severity = Severity.WARNING,
    resources = VIRTUAL_SERVICE,
    istioctlAnalyzer = "virtualservice.DestinationHostAnalyzer")
public final class SubsetRoutesBypassedAtGateway implements Analyzer {

  @Override
  public List<Observation> analyze(Mesh mesh) throws IOException {
    var services = mesh.all(VIRTUAL_SERVICE);
    var splitting = splitting(services);
    List<Observation> observations = new ArrayList<>();
    for (var service : services) {
      if (service.fields("spec.gateways.*").isEmpty()) {
        continue;
      }
      Set<Map.Entry<String, Resource>> said = new HashSet<>();
      for (var destination : Destination.of(service)) {
        if (destination.isMirror() || !destination.isHttp() || !destination.subset().isEmpty()) {
          continue;
        }
        var host = destination.host();
        for (var other : splitting.getOrDefault(host.text(), List.of())) {
          if (said.add(Map.entry(host.text(), other))) {
            observations.add(observation(service, host, other));
          }
        }
      }
    }
    return observations;
  }

  private static Observation observation(Resource service, Field host, Resource other) {
    return Observation.of(
            service,
            host,
            "Requests through a gateway go to all versions of %s: the subsets of %s are not applied."
                .formatted(host.text(), other.id()))
        .and(other.location())
        .with(other.id());
  }

  /// The virtual services that route a host of theirs to subsets of it, by that host.
  private static Map<String, List<Resource>> splitting(List<Resource> services) {
    Map<String, List<Resource>> byHost = new HashMap<>();
    for (var service : services) {
      Set<String> split = new HashSet<>();
      for (var destination : Destination.of(service)) {
        if (destination.isHttp() && !destination.isMirror() && !destination.subset().isEmpty()) {
          split.add(destination.host().text());
        }
      }
      for (var host : service.fields("spec.hosts.*")) {
        if (split.remove(host.text())) {
          byHost.computeIfAbsent(host.text(), _ -> new ArrayList<>()).add(service);
        }
      }
    }
    return byHost;
  }
}
