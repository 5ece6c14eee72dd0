package io.bugreport.analyzers.routing;

import static io.bugreport.model.resource.ResourceKind.CONFIG_MAP;
import static io.bugreport.model.resource.ResourceKind.SERVICE;
import static io.bugreport.model.resource.ResourceKind.SIDECAR;
import static io.bugreport.model.resource.ResourceKind.VIRTUAL_SERVICE;

import io.bugreport.analyzers.mesh.ClusterDomain;
import io.bugreport.analyzers.mesh.HostName;
import io.bugreport.analyzers.mesh.Ties;
import io.bugreport.model.check.Analyzer;
import io.bugreport.model.check.Check;
import io.bugreport.model.check.Mesh;
import io.bugreport.model.check.Observation;
import io.bugreport.model.finding.Severity;
import io.bugreport.model.resource.Field;
import io.bugreport.model.resource.Resource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// A `Sidecar` leaves out a host to which routes of its own namespace lead. Proxies of the
/// namespace have the route and not the host: requests on it fail with `503 NC` (no cluster found),
/// or go past the route.
///
/// Looked at are the `Sidecar` for the whole namespace and `VirtualService` objects for the mesh in
/// that namespace, whose hosts are Services.
///
/// ## Fix
///
/// Add the host to `egress.hosts`:
///
/// ```yaml
/// spec:
///   egress:
///   - hosts: ["./*", "istio-system/*", "pay/*"]
/// ```
@Check(
    codes = "ENV-32",
    title = "Sidecar that leaves out what its namespace calls",
    severity = Severity.WARNING,
    resources = {SIDECAR, VIRTUAL_SERVICE, SERVICE, CONFIG_MAP})
public final class SidecarHidesDestination implements Analyzer {

  @Override
  public List<Observation> analyze(Mesh mesh) throws IOException {
    var domain = ClusterDomain.of(mesh.all(CONFIG_MAP));
    Map<String, String> namespaces = new TreeMap<>();
    mesh.all(SERVICE)
        .forEach(s -> namespaces.put(domain.ofService(s.name(), s.namespace()), s.namespace()));
    List<Observation> observations = new ArrayList<>();
    for (var sidecar : mesh.all(SIDECAR)) {
      var hosts = sidecar.fields("spec.egress.*.hosts.*");
      if (hosts.isEmpty() || !sidecar.texts("spec.workloadSelector.labels").isEmpty()) {
        continue;
      }
      for (var route : mesh.all(VIRTUAL_SERVICE)) {
        if (!route.id().cluster().equals(sidecar.id().cluster())
            || !route.namespace().equals(sidecar.namespace())
            || !isForMesh(route)) {
          continue;
        }
        Set<String> hidden = new TreeSet<>();
        for (var destination : Destination.of(route)) {
          var host = domain.qualified(destination.host().text(), route.namespace());
          var namespace = namespaces.get(host);
          if (namespace != null
              && hosts.stream()
                  .noneMatch(h -> covers(h.text(), sidecar.namespace(), namespace, host))) {
            hidden.add(host);
          }
        }
        for (var host : hidden) {
          observations.add(
              Observation.of(
                      sidecar,
                      hosts.getFirst(),
                      "It leaves out %s, to which the VirtualService %s leads."
                          .formatted(host, route.name()))
                  .and(route.location())
                  .with(route.id())
                  .tie(Ties.host(host)));
        }
      }
    }
    return observations;
  }

  private static boolean isForMesh(Resource route) {
    var gateways = route.fields("spec.gateways.*").stream().map(Field::text).toList();
    return gateways.isEmpty() || gateways.contains("mesh");
  }

  private static boolean covers(String egress, String own, String namespace, String host) {
    var slash = egress.indexOf('/');
    var where = slash < 0 ? "*" : egress.substring(0, slash);
    var name = egress.substring(slash + 1);
    return (where.equals("*")
            || where.equals(namespace)
            || (where.equals(".") && own.equals(namespace)))
        && (name.equals("*") || HostName.overlap(name, host));
  }
}
