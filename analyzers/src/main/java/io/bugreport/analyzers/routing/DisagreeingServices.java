package io.bugreport.analyzers.routing;

import static io.bugreport.model.resource.ResourceKind.DEPLOYMENT;
import static io.bugreport.model.resource.ResourceKind.NAMESPACE;
import static io.bugreport.model.resource.ResourceKind.SERVICE;

import io.bugreport.analyzers.mesh.Injection;
import io.bugreport.analyzers.mesh.Place;
import io.bugreport.model.check.Analyzer;
import io.bugreport.model.check.Check;
import io.bugreport.model.check.Mesh;
import io.bugreport.model.check.Observation;
import io.bugreport.model.finding.Severity;
import io.bugreport.model.resource.Field;
import io.bugreport.model.resource.Resource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/// Several Services lead to the pods of one Deployment and disagree. A port number has one protocol
/// in one of them and another in the other (IST0116), or one port of the pods is reached by
/// different port numbers (IST0137). The sidecar has one listener for each port of the pod and
/// cannot tell by which Service a connection came, so it treats all of them as the oldest Service
/// says.
///
/// Only different Services disagree: one that serves DNS on port 53 over TCP and UDP, or leads two
/// ports to one, is sound; istioctl reports both.
///
/// ## Fix
///
/// Give the Services the same ports, or let them lead to different ports of the pods:
///
/// ```sh
/// kubectl -n NAMESPACE get services -o wide
/// ```
@Check(
    codes = {"IST0116", "IST0137"},
    title = "Services that disagree about the ports of a Deployment",
    severity = Severity.WARNING,
    resources = {DEPLOYMENT, SERVICE, NAMESPACE},
    istioctlAnalyzer = "deployment.MultiServiceAnalyzer")
public final class DisagreeingServices implements Analyzer {
  private static final String MANAGED = "gateway.istio.io/managed";

  /// What the Services say about one port: protocols, or port numbers, by Service.
  private static final class Statements {
    private final TreeMap<String, TreeSet<String>> byService = new TreeMap<>();

    void add(String value, Resource service) {
      byService.computeIfAbsent(service.name(), _ -> new TreeSet<>()).add(value);
    }

    /// Whether two Services have nothing in common.
    boolean disagree() {
      return byService.values().stream()
          .anyMatch(
              one ->
                  byService.values().stream().anyMatch(other -> Collections.disjoint(one, other)));
    }

    String text() {
      return String.join(
          ", ",
          byService.entrySet().stream()
              .map(e -> String.join(" and ", e.getValue()) + " in " + e.getKey())
              .toList());
    }
  }

  @Override
  public List<Observation> analyze(Mesh mesh) throws IOException {
    var injection = new Injection(mesh.all(NAMESPACE));
    Map<Place, List<Resource>> services = new HashMap<>();
    for (var service : mesh.all(SERVICE)) {
      if (!service.texts("spec.selector").isEmpty()) {
        services.computeIfAbsent(Place.of(service), _ -> new ArrayList<>()).add(service);
      }
    }
    List<Observation> observations = new ArrayList<>();
    for (var deployment : mesh.all(DEPLOYMENT)) {
      if (!deployment.labels().getOrDefault(MANAGED, "").equals("istio.io-mesh-controller")
          && injection.templateIsInMesh(deployment)) {
        var labels = deployment.texts("spec.template.metadata.labels");
        var leading =
            services.getOrDefault(Place.of(deployment), List.of()).stream()
                .filter(s -> labels.entrySet().containsAll(s.texts("spec.selector").entrySet()))
                .toList();
        if (leading.size() > 1) {
          judge(deployment, leading, observations);
        }
      }
    }
    return observations;
  }

  private static void judge(
      Resource deployment, List<Resource> services, List<Observation> observations) {
    Map<String, Statements> protocols = new TreeMap<>();
    Map<String, Statements> ports = new TreeMap<>();
    for (var service : services) {
      for (var port : service.fields("spec.ports.*")) {
        var number = port.text("port");
        protocols
            .computeIfAbsent(number, _ -> new Statements())
            .add(port.named("protocol").map(Field::text).orElse("TCP"), service);
        ports
            .computeIfAbsent(
                port.named("targetPort").map(Field::text).orElse(number), _ -> new Statements())
            .add(number, service);
      }
    }
    protocols.forEach(
        (port, said) ->
            add(
                deployment,
                services,
                said,
                "Services disagree about port " + port + " of its pods",
                "IST0116",
                observations));
    ports.forEach(
        (target, said) ->
            add(
                deployment,
                services,
                said,
                "Port " + target + " of its pods is reached by different ports",
                "IST0137",
                observations));
  }

  private static void add(
      Resource deployment,
      List<Resource> services,
      Statements said,
      String message,
      String code,
      List<Observation> observations) {
    if (!said.disagree()) {
      return;
    }
    var observation =
        Observation.of(deployment, "%s: %s.".formatted(message, said.text())).code(code);
    for (var service : services) {
      observation = observation.and(service.location()).with(service.id());
    }
    observations.add(observation);
  }
}
