package io.bugreport.analyzers.envoy;

import static io.bugreport.model.endpoint.Endpoint.ENVOY_CONFIG_DUMP;

import io.bugreport.model.check.Analyzer;
import io.bugreport.model.check.Check;
import io.bugreport.model.check.Mesh;
import io.bugreport.model.check.Observation;
import io.bugreport.model.envoy.ConfigDump;
import io.bugreport.model.envoy.ProtoJson;
import io.bugreport.model.envoy.Section;
import io.bugreport.model.finding.Severity;
import io.bugreport.model.resource.Field;
import io.bugreport.model.resource.Location;
import io.bugreport.model.snapshot.Answer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A route of a proxy leads to a cluster that the proxy does not have. Requests on it fail with
/// `503 NC` (no cluster found).
///
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
    severity = Severity.ERROR,
    endpoints = ENVOY_CONFIG_DUMP)
public final class RouteWithoutCluster implements Analyzer {

  /// What several proxies lack alike is one finding.
  private record Lack(String cluster, String upstream, String route) {}

  /// What a dump names.
  private static final class Names {
    final Set<String> clusters = new HashSet<>();
    final Map<String, Location> wanted = new LinkedHashMap<>();
    final Map<String, String> routes = new LinkedHashMap<>();

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
    for (var answer : mesh.answers(ENVOY_CONFIG_DUMP)) {
      mesh.read(answer, RouteWithoutCluster::names)
          .filter(names -> !names.clusters.isEmpty())
          .ifPresent(names -> lacks(answer, names, found));
    }
    return new ArrayList<>(found.values());
  }

  private static Names names(Answer answer) throws IOException {
    var names = new Names();
    ConfigDump.read(answer, names::add);
    return names;
  }

  private static void lacks(Answer answer, Names names, Map<Lack, Observation> found) {
    names.wanted.forEach(
        (cluster, location) -> {
          if (!cluster.isEmpty() && !names.clusters.contains(cluster)) {
            var route = names.routes.getOrDefault(cluster, "");
            found.merge(
                new Lack(answer.from().cluster(), cluster, route),
                Observation.of(
                    answer.pod(),
                    location,
                    "Its route %s leads to %s, and it has no such cluster: requests fail with 503 NC."
                        .formatted(route, cluster)),
                (known, _) -> known.with(answer.pod()));
          }
        });
  }
}
