package io.bugreport.analyzers.routing;

import static io.bugreport.model.resource.ResourceKind.CONFIG_MAP;
import static io.bugreport.model.resource.ResourceKind.SERVICE;
import static io.bugreport.model.resource.ResourceKind.SERVICE_ENTRY;
import static io.bugreport.model.resource.ResourceKind.VIRTUAL_SERVICE;

import io.bugreport.analyzers.mesh.ClusterDomain;
import io.bugreport.analyzers.mesh.ServiceRegistry;
import io.bugreport.analyzers.mesh.Ties;
import io.bugreport.analyzers.mesh.Visibility;
import io.bugreport.model.check.Analyzer;
import io.bugreport.model.check.Check;
import io.bugreport.model.check.Mesh;
import io.bugreport.model.check.Observation;
import io.bugreport.model.finding.Severity;
import io.bugreport.model.resource.Field;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// A `VirtualService` sends traffic to a host that no `Service` and no `ServiceEntry` provides, or
/// to a port that this host does not have. Envoy has no cluster for it, so every request that takes
/// the route fails: with status 503 and the response flag `NC` in the access log.
///
/// A host without a dot means a Service in the namespace of the `VirtualService`, not in that of
/// the client. A host that exists but is not exported (`exportTo`, or the annotation
/// `networking.istio.io/exportTo` of a Service) is as unknown as one that does not exist.
///
/// The domain of the cluster is the one that Istio was installed with; istioctl always takes
/// `cluster.local`, and reports every route of other clusters.
///
/// ## Fix
///
/// Look for what the host should have been, then correct the route or create what is missing:
///
/// ```sh
/// kubectl get services,serviceentries -A | grep NAME
/// ```
///
/// A host in another namespace is written in full:
///
/// ```yaml
/// route:
/// - destination:
///     host: reviews.bookinfo.svc.cluster.local
///     port: {number: 9080}
/// ```
@Check(
    codes = "IST0101",
    title = "Route to an unknown host or port",
    severity = Severity.ERROR,
    resources = {VIRTUAL_SERVICE, SERVICE, SERVICE_ENTRY, CONFIG_MAP},
    istioctlAnalyzer = "virtualservice.DestinationHostAnalyzer")
public final class RouteToUnknownHost implements Analyzer {

  @Override
  public List<Observation> analyze(Mesh mesh) throws IOException {
    var domain = ClusterDomain.of(mesh.all(CONFIG_MAP));
    var registry = new ServiceRegistry(domain, mesh.all(SERVICE), mesh.all(SERVICE_ENTRY));
    List<Observation> observations = new ArrayList<>();
    for (var service : mesh.all(VIRTUAL_SERVICE)) {
      for (var destination : Destination.of(service)) {
        var host = destination.host();
        var found = registry.find(service.namespace(), Visibility.of(service), host.text());
        var port = destination.port();
        if (found.isEmpty()) {
          observations.add(
              Observation.of(service, host, unknownHost(destination, service.namespace(), domain))
                  .tie(Ties.host(domain.qualified(host.text(), service.namespace()))));
        } else if (port.isPresent() && !found.get().ports().contains(port.get())) {
          observations.add(
              Observation.of(
                      service,
                      destination.portField().orElse(host),
                      "%s %s has no port %d; it has %s."
                          .formatted(
                              destination.word(),
                              host.text(),
                              port.get(),
                              Ports.list(found.get().ports())))
                  .with(found.get().definedBy().getFirst().id())
                  .tie(Ties.host(found.get().host())));
        }
      }
    }
    return observations;
  }

  private static String unknownHost(
      Destination destination, String namespace, ClusterDomain domain) {
    Field host = destination.host();
    if (host.text().isEmpty()) {
      return destination.word() + " names no host.";
    }
    var full = domain.qualified(host.text(), namespace);
    return "%s %s is no Service or ServiceEntry that can be seen from namespace %s%s."
        .formatted(
            destination.word(),
            host.text(),
            namespace.isEmpty() ? "default" : namespace,
            full.equals(host.text()) ? "" : ": there is no " + full);
  }
}
