package io.bugreport.analyzers.envoy;

import static io.bugreport.model.endpoint.Endpoint.ENVOY_CONFIG_DUMP;

import io.bugreport.analyzers.mesh.Ties;
import io.bugreport.model.check.Check;
import io.bugreport.model.check.Mesh;
import io.bugreport.model.check.Observation;
import io.bugreport.model.check.ProxyAnalyzer;
import io.bugreport.model.check.ProxyPass;
import io.bugreport.model.check.ProxyReader;
import io.bugreport.model.envoy.ConfigDump;
import io.bugreport.model.envoy.ProtoJson;
import io.bugreport.model.envoy.Section;
import io.bugreport.model.finding.Severity;
import io.bugreport.model.resource.Field;
import io.bugreport.model.resource.Location;
import io.bugreport.model.resource.ResourceId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A route of a proxy leads to a cluster that the proxy does not have. Requests on it fail with
/// `503 NC` (no cluster found).
///
/// It follows from configuration, which other checks name where they can; so it is only a warning.
/// The name tells what is missing: `outbound|PORT|SUBSET|HOST`. A subset needs a `DestinationRule`
/// that defines it, a host a Service or ServiceEntry that this namespace may see, and that its
/// `Sidecar`, if any, lets in; a port has to be one of the Service's.
///
/// ## Fix
///
/// ```sh
/// istioctl proxy-config clusters POD.NAMESPACE --fqdn HOST
/// kubectl get virtualservices,destinationrules -A | grep NAME
/// ```
@Check(
    codes = "ENV-08",
    title = "Route to a cluster that the proxy does not have",
    severity = Severity.WARNING,
    endpoints = ENVOY_CONFIG_DUMP,
    follows = "*")
public final class RouteWithoutCluster
    implements ProxyAnalyzer<Map<RouteWithoutCluster.Lack, Observation>> {

  /// What several proxies lack alike is one finding.
  record Lack(String cluster, String upstream, String route) {}

  /// What a dump names.
  private static final class Names {
    final Set<String> clusters = new HashSet<>();
    final Map<String, Location> wanted = new LinkedHashMap<>();
    final Map<String, String> routes = new LinkedHashMap<>();

    /// Whether a route is there only because istiod writes a VirtualService's routes for every port
    /// that some service has: the host is known, and not on this port, so that nobody asks for it.
    boolean isIdle(String cluster, String route) {
      var parts = cluster.split("\\|", -1);
      return parts.length == 4
          && parts[1].equals(route)
          && clusters.stream().anyMatch(c -> c.endsWith("|" + parts[3]))
          && clusters.stream().noneMatch(c -> c.equals("outbound|" + parts[1] + "||" + parts[3]));
    }

    void add(ConfigDump.Entry entry) {
      if (entry.section() == Section.CLUSTERS) {
        entry.name().ifPresent(clusters::add);
      } else if (entry.section() == Section.ROUTES && entry.list().startsWith("dynamic")) {
        var config = ProtoJson.field(entry.content(), "route_config").orElse(entry.content());
        for (var host : ProtoJson.items(config, "virtual_hosts")) {
          for (var route : ProtoJson.items(host, "routes")) {
            ProtoJson.field(route, "route")
                .ifPresent(action -> addAction(action, entry.name().orElse("")));
          }
        }
      }
    }

    private void addAction(Field action, String route) {
      List<Field> targets = new ArrayList<>();
      ProtoJson.field(action, "cluster").ifPresent(targets::add);
      for (var weighted : ProtoJson.items(action, "weighted_clusters.clusters")) {
        ProtoJson.field(weighted, "name").ifPresent(targets::add);
      }
      for (var target : targets) {
        wanted.putIfAbsent(target.text(), target.location());
        routes.putIfAbsent(target.text(), route);
      }
    }
  }

  @Override
  public List<Observation> analyze(Mesh mesh) {
    Map<Lack, Observation> found = new LinkedHashMap<>();
    for (var ofProxy : mesh.proxies(this)) {
      ofProxy.forEach(
          (lack, observation) ->
              found.merge(lack, observation, (known, _) -> known.with(observation.resource())));
    }
    return new ArrayList<>(found.values());
  }

  @Override
  public Set<Section> sections() {
    return Set.of(Section.CLUSTERS, Section.ROUTES);
  }

  @Override
  public Set<Section> heads() {
    return Set.of(Section.CLUSTERS);
  }

  @Override
  public ProxyReader<Map<Lack, Observation>> reader(ProxyPass pass) {
    var names = new Names();
    return new ProxyReader<>() {
      @Override
      public void entry(ConfigDump.Entry entry) {
        names.add(entry);
      }

      @Override
      public Map<Lack, Observation> result() {
        return names.clusters.isEmpty() ? Map.of() : lacks(pass.pod(), names);
      }
    };
  }

  private static Map<Lack, Observation> lacks(ResourceId pod, Names names) {
    Map<Lack, Observation> found = new LinkedHashMap<>();
    names.wanted.forEach(
        (cluster, location) -> {
          var route = names.routes.getOrDefault(cluster, "");
          if (!cluster.isEmpty()
              && !names.clusters.contains(cluster)
              && !names.isIdle(cluster, route)) {
            found.put(
                new Lack(pod.cluster(), cluster, route),
                Observation.of(
                        pod,
                        location,
                        "Its route %s leads to %s, and it has no such cluster: requests fail with 503 NC."
                            .formatted(route, cluster))
                    .tie(Ties.upstream(cluster)));
          }
        });
    return found;
  }
}
