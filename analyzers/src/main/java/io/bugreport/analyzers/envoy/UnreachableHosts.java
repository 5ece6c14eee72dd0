package io.bugreport.analyzers.envoy;

import static io.bugreport.model.endpoint.Endpoint.ENVOY_CLUSTERS;

import io.bugreport.analyzers.mesh.Thresholds;
import io.bugreport.analyzers.mesh.Ties;
import io.bugreport.model.check.Check;
import io.bugreport.model.check.Mesh;
import io.bugreport.model.check.Observation;
import io.bugreport.model.check.ProxyAnalyzer;
import io.bugreport.model.check.ProxyPass;
import io.bugreport.model.check.ProxyReader;
import io.bugreport.model.envoy.Section;
import io.bugreport.model.envoy.UpstreamCluster;
import io.bugreport.model.finding.Severity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A proxy cannot connect to hosts of a service: of its attempts since it started, more than one in
/// twenty failed. Nothing listens on the port, or something on the way, such as a `NetworkPolicy`,
/// lets nothing through.
///
/// Where it is a port that no host answers, compare `targetPort` of the Service with what the
/// container listens on.
///
/// ## Fix
///
/// ```sh
/// kubectl -n NAMESPACE get service NAME -o jsonpath='{.spec.ports}'
/// kubectl -n NAMESPACE get networkpolicies
/// kubectl -n NAMESPACE logs POD
/// ```
@Check(
    codes = "ENV-15",
    title = "Hosts that a proxy cannot connect to",
    severity = Severity.WARNING,
    endpoints = ENVOY_CLUSTERS,
    follows = Check.ANY)
public final class UnreachableHosts
    implements ProxyAnalyzer<Map<UnreachableHosts.Failure, Observation>> {

  /// What several proxies see alike is one finding.
  record Failure(String cluster, String upstream, List<String> hosts) {
    Failure {
      hosts = List.copyOf(hosts);
    }
  }

  @Override
  public List<Observation> analyze(Mesh mesh) {
    Map<Failure, Observation> found = new LinkedHashMap<>();
    for (var ofProxy : mesh.proxies(this)) {
      ofProxy.forEach(
          (failure, observation) ->
              found.merge(failure, observation, (known, _) -> known.with(observation.resource())));
    }
    return new ArrayList<>(found.values());
  }

  @Override
  public Set<Section> sections() {
    return Set.of();
  }

  @Override
  public ProxyReader<Map<Failure, Observation>> reader(ProxyPass pass) {
    Map<Failure, Observation> found = new LinkedHashMap<>();
    return new ProxyReader<>() {
      @Override
      public void upstream(UpstreamCluster cluster) {
        var failing = cluster.hosts().stream().filter(UnreachableHosts::fails).toList();
        if (!failing.isEmpty() && cluster.name().startsWith("outbound|")) {
          var addresses = failing.stream().map(UpstreamCluster.Host::address).sorted().toList();
          var first = failing.getFirst();
          found.put(
              new Failure(pass.pod().cluster(), cluster.name(), addresses),
              Observation.of(
                      pass.pod(),
                      first.location(),
                      "%d of %d hosts of %s cannot be connected to: %s failed %d of %d times."
                          .formatted(
                              failing.size(),
                              cluster.hosts().size(),
                              cluster.name(),
                              first.address(),
                              first.count("cx_connect_fail"),
                              first.count("cx_total")))
                  .tie(Ties.upstream(cluster.name())));
        }
      }

      @Override
      public Map<Failure, Observation> result() {
        return found;
      }
    };
  }

  private static boolean fails(UpstreamCluster.Host host) {
    var failed = host.count("cx_connect_fail");
    var total = Math.max(host.count("cx_total"), failed);
    return total >= Thresholds.CONNECTIONS
        && failed * 100 > total * Thresholds.FAILED_CONNECTIONS_PERCENT;
  }
}
