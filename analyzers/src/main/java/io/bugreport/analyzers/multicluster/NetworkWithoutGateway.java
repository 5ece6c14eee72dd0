package io.bugreport.analyzers.multicluster;

import static io.bugreport.model.endpoint.Endpoint.ISTIOD_CLUSTERS;
import static io.bugreport.model.endpoint.Endpoint.ISTIOD_NETWORKS;
import static io.bugreport.model.resource.ResourceKind.NAMESPACE;
import static io.bugreport.model.resource.ResourceKind.SERVICE;

import io.bugreport.analyzers.mesh.Ties;
import io.bugreport.analyzers.mesh.Ties.Topic;
import io.bugreport.model.check.Analyzer;
import io.bugreport.model.check.Check;
import io.bugreport.model.check.Mesh;
import io.bugreport.model.check.Observation;
import io.bugreport.model.finding.Severity;
import io.bugreport.model.resource.Field;
import io.bugreport.model.resource.Resource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// A network of the mesh has no gateway that istiod knows. Proxies of other networks are then sent
/// the addresses of its pods as they are, which they cannot reach: requests across time out.
///
/// - A Service is labelled as the network's gateway and has no address: its load balancer was not
///   given one.
/// - Or no Service is labelled so at all. This is looked for where several clusters of a mesh are
///   in the archive, with networks of different names.
///
/// ## Fix
///
/// See what istiod knows, and give the gateway of the network its label and an address:
///
/// ```sh
/// kubectl -n istio-system get services -l topology.istio.io/network
/// kubectl -n istio-system label service istio-eastwestgateway topology.istio.io/network=NETWORK
/// kubectl -n istio-system exec deploy/istiod -- pilot-discovery request GET /debug/networkz
/// ```
@Check(
    codes = "MC-04",
    title = "Network without a gateway",
    severity = Severity.ERROR,
    endpoints = {ISTIOD_NETWORKS, ISTIOD_CLUSTERS},
    resources = {NAMESPACE, SERVICE})
public final class NetworkWithoutGateway implements Analyzer {
  private static final String NETWORK = "topology.istio.io/network";

  @Override
  public List<Observation> analyze(Mesh mesh) throws IOException {
    Map<String, Set<String>> known = new TreeMap<>();
    for (var answer : mesh.answers(ISTIOD_NETWORKS)) {
      var networks = known.computeIfAbsent(answer.from().cluster(), _ -> new HashSet<>());
      mesh.read(answer, a -> a.document().children())
          .orElse(List.of())
          .forEach(row -> networks.add(row.text("Network")));
    }
    List<Observation> observations = new ArrayList<>();
    Set<String> withService = new HashSet<>();
    for (var service : mesh.all(SERVICE)) {
      var network = service.labels().getOrDefault(NETWORK, "");
      if (!network.isEmpty()) {
        withService.add(network);
        var networks = known.get(service.id().cluster());
        if (networks != null && !networks.contains(network) && hasNoAddress(service)) {
          observations.add(
              Observation.of(
                  service,
                  "The gateway of the network %s has no address: its load balancer was not given one, and istiod knows no gateway of the network."
                      .formatted(network)));
        }
      }
    }
    missing(mesh, known, withService, observations);
    return Ties.about(Topic.CLUSTERS, observations);
  }

  private static boolean hasNoAddress(Resource service) {
    return service.text("spec.type").equals("LoadBalancer")
        && service.fields("status.loadBalancer.ingress.*").isEmpty()
        && service.fields("spec.externalIPs.*").isEmpty();
  }

  /// Networks of other clusters, of which an istiod that is joined to them knows no gateway.
  private static void missing(
      Mesh mesh,
      Map<String, Set<String>> known,
      Set<String> withService,
      List<Observation> observations)
      throws IOException {
    Set<String> joined = new HashSet<>();
    for (var answer : mesh.answers(ISTIOD_CLUSTERS)) {
      if (mesh.read(answer, a -> a.document().children()).map(List<Field>::size).orElse(0) > 1) {
        joined.add(answer.from().cluster());
      }
    }
    Map<String, Resource> networks = new TreeMap<>();
    for (var namespace : mesh.all(NAMESPACE)) {
      var network = namespace.labels().getOrDefault(NETWORK, "");
      if (!network.isEmpty()) {
        networks.putIfAbsent(network, namespace);
      }
    }
    if (networks.size() < 2) {
      return;
    }
    networks.forEach(
        (network, namespace) -> {
          var unknown =
              known.entrySet().stream()
                  .filter(k -> joined.contains(k.getKey()))
                  .filter(k -> !k.getKey().equals(namespace.id().cluster()))
                  .filter(k -> !k.getValue().contains(network))
                  .findFirst();
          if (unknown.isPresent() && !withService.contains(network)) {
            observations.add(
                Observation.of(
                    namespace,
                    "The network %s has no gateway: no Service is labelled %s=%s, and the istiod of %s knows none."
                        .formatted(network, NETWORK, network, unknown.get().getKey())));
          }
        });
  }
}
