package io.bugreport.analyzers.ambient;

import static io.bugreport.model.resource.ResourceKind.KUBERNETES_GATEWAY;
import static io.bugreport.model.resource.ResourceKind.NAMESPACE;
import static io.bugreport.model.resource.ResourceKind.POD;
import static io.bugreport.model.resource.ResourceKind.SERVICE;

import io.bugreport.model.check.Analyzer;
import io.bugreport.model.check.Check;
import io.bugreport.model.check.Mesh;
import io.bugreport.model.check.Observation;
import io.bugreport.model.finding.Severity;
import io.bugreport.model.resource.Resource;
import io.bugreport.model.resource.ResourceId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A namespace, Service or pod asks for a waypoint with the label `istio.io/use-waypoint`, and
/// there is none of that name, or it does not run. Policies and routes that a waypoint would
/// enforce are not enforced; where the waypoint exists and does not run, requests fail.
///
/// `istio.io/use-waypoint-namespace` says where the waypoint is; without it, it is looked for in
/// the same namespace. The value `none` asks for no waypoint.
///
/// ## Fix
///
/// See which waypoints there are, and make the one that is missing:
///
/// ```sh
/// istioctl waypoint list -A
/// istioctl waypoint apply -n NAMESPACE --name NAME
/// kubectl -n NAMESPACE describe gateway NAME
/// ```
///
/// A waypoint of another namespace takes a second label beside the first:
///
/// ```sh
/// kubectl label namespace NAMESPACE istio.io/use-waypoint-namespace=WHERE
/// ```
@Check(
    codes = "AMB-05",
    title = "Waypoint that is asked for and is not there",
    severity = Severity.ERROR,
    resources = {NAMESPACE, SERVICE, POD, KUBERNETES_GATEWAY})
public final class MissingWaypoint implements Analyzer {
  private static final String USE = "istio.io/use-waypoint";
  private static final String WHERE = "istio.io/use-waypoint-namespace";

  @Override
  public List<Observation> analyze(Mesh mesh) throws IOException {
    Map<ResourceId, Resource> gateways = new HashMap<>();
    mesh.all(KUBERNETES_GATEWAY).forEach(g -> gateways.put(g.id(), g));
    List<Observation> observations = new ArrayList<>();
    for (var kind : List.of(NAMESPACE, SERVICE, POD)) {
      for (var asking : mesh.all(kind)) {
        var name = asking.labels().getOrDefault(USE, "");
        if (!name.isEmpty() && !name.equals("none")) {
          var own = kind == NAMESPACE ? asking.name() : asking.namespace();
          var namespace = asking.labels().getOrDefault(WHERE, own);
          problem(asking, name, namespace, gateways).ifPresent(observations::add);
        }
      }
    }
    return observations;
  }

  private static Optional<Observation> problem(
      Resource asking, String name, String namespace, Map<ResourceId, Resource> gateways) {
    var place = asking.field("metadata.labels").flatMap(l -> l.named(USE)).orElse(asking.root());
    var id =
        new ResourceId(
            asking.id().cluster(), "gateway.networking.k8s.io", "Gateway", namespace, name);
    var gateway = gateways.get(id);
    if (gateway == null) {
      var elsewhere =
          gateways.keySet().stream()
              .filter(g -> g.cluster().equals(id.cluster()) && g.name().equals(name))
              .map(ResourceId::namespace)
              .sorted()
              .findFirst();
      return Optional.of(
          Observation.of(
              asking,
              place,
              "It asks for the waypoint %s, and there is no such Gateway in the namespace %s%s."
                  .formatted(
                      name,
                      namespace,
                      elsewhere
                          .map(
                              e ->
                                  " (there is one in "
                                      + e
                                      + ", which takes the label "
                                      + WHERE
                                      + ")")
                          .orElse(""))));
    }
    if (!gateway.text("spec.gatewayClassName").contains("waypoint")) {
      return Optional.empty(); // a class of somebody's own, which may well be one
    }
    return gateway.fields("status.conditions.*").stream()
        .filter(c -> c.text("type").equals("Programmed") && c.text("status").equals("False"))
        .findFirst()
        .map(
            condition ->
                Observation.of(
                        asking,
                        place,
                        "It asks for the waypoint %s/%s, which does not run%s."
                            .formatted(
                                namespace,
                                name,
                                condition.text("message").isEmpty()
                                    ? ""
                                    : ": \"" + condition.text("message") + "\""))
                    .and(condition.location())
                    .with(gateway.id()));
  }
}
