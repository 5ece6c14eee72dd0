package io.bugreport.analyzers.gateway;

import static io.bugreport.model.resource.ResourceKind.GATEWAY;
import static io.bugreport.model.resource.ResourceKind.POD;

import io.bugreport.analyzers.mesh.PodIndex;
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
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/// Two gateways give the same workload the same host on the same port. Only one of them is
/// configured: the routes and the certificate of the other one are ignored, and which of the two it
/// is depends on their age, so it can change with a re-creation.
///
/// Gateways are of one workload where they have the same selector, or where a pod has the labels of
/// both. Hosts are compared as they are written, with the namespace before a slash.
///
/// ## Fix
///
/// Declare each host and port in one gateway, and let the virtual services of both refer to it; or
/// choose different workloads with the selector:
///
/// ```sh
/// kubectl get gateways.networking.istio.io -A -o yaml | grep -B 12 HOST
/// ```
///
/// A selector that names labels of no pod (IST0101) is corrected with those of the gateway's pods:
///
/// ```sh
/// kubectl get pods -A -l istio=ingressgateway --show-labels
/// ```
@Check(
    codes = {"IST0145", "IST0101"},
    title = "Gateways in conflict",
    severity = Severity.ERROR,
    resources = {GATEWAY, POD},
    istioctlAnalyzer = "gateway.ConflictingGatewayAnalyzer")
public final class ConflictingGateways implements Analyzer {

  /// One server, as it competes with others for a workload.
  private record Listening(
      Resource gateway, Field server, Map<String, String> selector, String host) {}

  private record Slot(String port, String bind, String host) {}

  @Override
  public List<Observation> analyze(Mesh mesh) throws IOException {
    var pods = new PodIndex(mesh.all(POD));
    Map<Slot, List<Listening>> bySlot = new HashMap<>();
    List<Observation> observations = new ArrayList<>();
    for (var gateway : mesh.all(GATEWAY)) {
      var selector = new TreeMap<>(gateway.texts("spec.selector"));
      var servers = gateway.fields("spec.servers.*");
      if (servers.isEmpty() && !selector.isEmpty() && pods.selected(selector).isEmpty()) {
        observations.add(GatewaySelector.unmatched(gateway));
      }
      for (var server : servers) {
        for (var host : server.fields("hosts.*")) {
          var slot = new Slot(server.text("port.number"), server.text("bind"), host.text());
          bySlot
              .computeIfAbsent(slot, _ -> new ArrayList<>())
              .add(new Listening(gateway, server, selector, host.text()));
        }
      }
    }
    addConflicts(bySlot, pods, observations);
    return observations;
  }

  private static void addConflicts(
      Map<Slot, List<Listening>> bySlot, PodIndex pods, List<Observation> observations) {
    Map<Field, Conflict> byServer = new HashMap<>();
    for (var competing : bySlot.values()) {
      if (competing.size() < 2) {
        continue;
      }
      var related = new Relations(pods);
      for (var one : competing) {
        for (var other : competing) {
          if (!one.gateway.id().equals(other.gateway.id())
              && one.gateway.id().cluster().equals(other.gateway.id().cluster())
              && related.share(one.selector, other.selector)) {
            byServer
                .computeIfAbsent(one.server, _ -> new Conflict(one.gateway, one.server))
                .add(other.gateway, one.host);
          }
        }
      }
    }
    byServer.values().forEach(conflict -> observations.add(conflict.observation()));
  }

  /// Which selectors choose a common pod; each pair is looked at once.
  private static final class Relations {
    private final PodIndex pods;
    private final Map<List<Map<String, String>>, Boolean> known = new HashMap<>();

    Relations(PodIndex pods) {
      this.pods = pods;
    }

    boolean share(Map<String, String> one, Map<String, String> other) {
      return one.equals(other)
          || known.computeIfAbsent(List.of(one, other), _ -> sharePod(one, other));
    }

    private boolean sharePod(Map<String, String> one, Map<String, String> other) {
      var both = new HashMap<>(one);
      both.putAll(other);
      return both.entrySet().containsAll(one.entrySet()) && !pods.selected(both).isEmpty();
    }
  }

  /// One server and those that want the same.
  private static final class Conflict {
    private final Resource gateway;
    private final Field server;
    private final TreeMap<String, Resource> others = new TreeMap<>();
    private final TreeSet<String> hosts = new TreeSet<>();

    Conflict(Resource gateway, Field server) {
      this.gateway = gateway;
      this.server = server;
    }

    void add(Resource other, String host) {
      others.put(other.id().toString(), other);
      hosts.add(host);
    }

    Observation observation() {
      var observation =
          Observation.of(
              gateway,
              server.field("port.number").orElse(server),
              "Port %s of %s is also served by %s for the same workload."
                  .formatted(
                      server.text("port.number"),
                      String.join(", ", hosts),
                      String.join(", ", others.keySet())));
      for (var other : others.values()) {
        observation = observation.and(other.location()).with(other.id());
      }
      return observation;
    }
  }
}
