package io.bugreport.analyzers.gateway;

import static io.bugreport.model.resource.ResourceKind.GATEWAY;
import static io.bugreport.model.resource.ResourceKind.POD;
import static io.bugreport.model.resource.ResourceKind.SERVICE;

import io.bugreport.analyzers.mesh.Containers;
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
import java.util.Set;
import java.util.TreeSet;

/// A gateway has a server on a port that no Service of its pods leads to. The proxy may listen
/// there, but nothing outside reaches it. Or its selector names labels that no pod has (IST0101),
/// so that no proxy gets the gateway at all.
///
/// The port of a server may be the Service's port or its `targetPort`. Services without a selector
/// do not lead to pods by themselves and are not counted. A gateway that is reached without a
/// Service, on ports of its nodes, is reported too.
///
/// ## Fix
///
/// Compare the ports, and add what is missing to the Service of the gateway:
///
/// ```sh
/// kubectl -n istio-system get service istio-ingressgateway -o jsonpath='{.spec.ports}'
/// ```
///
/// ```yaml
/// ports:
/// - {name: https-admin, port: 8443, targetPort: 8443}
/// ```
@Check(
    codes = {"IST0162", "IST0101"},
    title = "Gateway port that no Service leads to",
    severity = Severity.WARNING,
    resources = {GATEWAY, POD, SERVICE},
    istioctlAnalyzer = "gateway.IngressGatewayPortAnalyzer")
public final class GatewayPortNotServed implements Analyzer {

  private record Place(String cluster, String namespace) {}

  @Override
  public List<Observation> analyze(Mesh mesh) throws IOException {
    var pods = new PodIndex(mesh.all(POD));
    Map<Place, List<Resource>> services = new HashMap<>();
    for (var service : mesh.all(SERVICE)) {
      if (!service.texts("spec.selector").isEmpty()) {
        services.computeIfAbsent(place(service), _ -> new ArrayList<>()).add(service);
      }
    }
    Map<Map<String, String>, Set<Integer>> portsOf = new HashMap<>();
    List<Observation> observations = new ArrayList<>();
    for (var gateway : mesh.all(GATEWAY)) {
      var selector = gateway.texts("spec.selector");
      if (!selector.isEmpty() && pods.selected(selector).isEmpty()) {
        observations.add(GatewaySelector.unmatched(gateway).severity(Severity.ERROR));
        continue;
      }
      var ports = portsOf.computeIfAbsent(selector, s -> ports(pods.selected(s), services));
      for (var server : gateway.fields("spec.servers.*")) {
        server
            .field("port.number")
            .filter(port -> port.number().filter(n -> !ports.contains(n)).isPresent())
            .ifPresent(port -> observations.add(observation(gateway, port)));
      }
    }
    return observations;
  }

  private static Place place(Resource resource) {
    return new Place(resource.id().cluster(), resource.namespace());
  }

  private static Observation observation(Resource gateway, Field port) {
    return Observation.of(
        gateway,
        port,
        "No Service leads to port %s of the pods with the labels %s."
            .formatted(port.text(), GatewaySelector.text(gateway)));
  }

  private static Set<Integer> ports(List<Resource> pods, Map<Place, List<Resource>> services) {
    var ports = new TreeSet<Integer>();
    for (var pod : pods) {
      for (var service : services.getOrDefault(place(pod), List.of())) {
        if (pod.isSelectedBy(service.texts("spec.selector"))) {
          service.fields("spec.ports.*").forEach(port -> add(port, pod, ports));
        }
      }
    }
    return ports;
  }

  private static void add(Field port, Resource pod, Set<Integer> ports) {
    var protocol = port.text("protocol");
    if (!protocol.isEmpty() && !protocol.equals("TCP")) {
      return;
    }
    port.field("port").flatMap(Field::number).ifPresent(ports::add);
    var target = port.named("targetPort");
    if (target.isPresent() && target.get().number().isEmpty()) {
      pod.field("spec").stream()
          .flatMap(Containers::all)
          .flatMap(container -> container.fields("ports.*").stream())
          .filter(open -> open.text("name").equals(target.get().text()))
          .flatMap(open -> open.field("containerPort").flatMap(Field::number).stream())
          .forEach(ports::add);
    } else {
      target.flatMap(Field::number).ifPresent(ports::add);
    }
  }
}
