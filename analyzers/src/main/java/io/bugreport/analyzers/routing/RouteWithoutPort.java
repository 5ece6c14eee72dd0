package io.bugreport.analyzers.routing;

import static io.bugreport.model.resource.ResourceKind.CONFIG_MAP;
import static io.bugreport.model.resource.ResourceKind.SERVICE;
import static io.bugreport.model.resource.ResourceKind.SERVICE_ENTRY;
import static io.bugreport.model.resource.ResourceKind.VIRTUAL_SERVICE;

import io.bugreport.analyzers.mesh.ClusterDomain;
import io.bugreport.analyzers.mesh.ServiceRegistry;
import io.bugreport.analyzers.mesh.Visibility;
import io.bugreport.model.check.Analyzer;
import io.bugreport.model.check.Check;
import io.bugreport.model.check.Mesh;
import io.bugreport.model.check.Observation;
import io.bugreport.model.finding.Severity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// A `VirtualService` sends traffic to a host that has several ports, and does not say to which.
/// istiod can only guess the port where there is one, so requests that take this route do not
/// arrive.
///
/// ## Fix
///
/// Name the port of the Service (`port`, not `targetPort`):
///
/// ```yaml
/// route:
/// - destination:
///     host: reviews
///     port: {number: 9080}
/// ```
@Check(
    codes = "IST0112",
    title = "Route to a host of several ports without a port",
    severity = Severity.ERROR,
    resources = {VIRTUAL_SERVICE, SERVICE, SERVICE_ENTRY, CONFIG_MAP},
    istioctlAnalyzer = "virtualservice.DestinationHostAnalyzer")
public final class RouteWithoutPort implements Analyzer {

  @Override
  public List<Observation> analyze(Mesh mesh) throws IOException {
    var registry =
        new ServiceRegistry(
            ClusterDomain.of(mesh.all(CONFIG_MAP)), mesh.all(SERVICE), mesh.all(SERVICE_ENTRY));
    List<Observation> observations = new ArrayList<>();
    for (var service : mesh.all(VIRTUAL_SERVICE)) {
      for (var destination : Destination.of(service)) {
        if (destination.port().isPresent()) {
          continue;
        }
        var host = destination.host();
        registry
            .find(service.namespace(), Visibility.of(service), host.text())
            .filter(found -> found.ports().size() > 1)
            .ifPresent(
                found ->
                    observations.add(
                        Observation.of(
                                service,
                                host,
                                "%s %s has the ports %s, and the route does not say which."
                                    .formatted(
                                        destination.word(), host.text(), Ports.list(found.ports())))
                            .with(found.definedBy().getFirst().id())));
      }
    }
    return observations;
  }
}
