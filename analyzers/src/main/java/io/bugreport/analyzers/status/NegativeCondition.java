package io.bugreport.analyzers.status;

import static io.bugreport.model.resource.ResourceKind.AUTHORIZATION_POLICY;
import static io.bugreport.model.resource.ResourceKind.GRPC_ROUTE;
import static io.bugreport.model.resource.ResourceKind.HTTP_ROUTE;
import static io.bugreport.model.resource.ResourceKind.KUBERNETES_GATEWAY;
import static io.bugreport.model.resource.ResourceKind.SERVICE;
import static io.bugreport.model.resource.ResourceKind.SERVICE_ENTRY;
import static io.bugreport.model.resource.ResourceKind.WORKLOAD_ENTRY;

import io.bugreport.model.check.Analyzer;
import io.bugreport.model.check.Check;
import io.bugreport.model.check.Mesh;
import io.bugreport.model.check.Observation;
import io.bugreport.model.finding.Severity;
import io.bugreport.model.resource.Field;
import io.bugreport.model.resource.Resource;
import io.bugreport.model.resource.ResourceKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Istio, or the controller of a Gateway, says in an object's status that the object does not take
/// effect: it is not accepted, not programmed, refers to something that is missing, or is not bound
/// to its waypoint. What is written in its `spec` is then not what happens to traffic.
///
/// ## Fix
///
/// The message is the controller's own and names the cause. After the correction the condition
/// turns `True` within seconds:
///
/// ```sh
/// kubectl -n NAMESPACE get KIND NAME -o jsonpath='{.status}'
/// ```
@Check(
    codes = "IST0171",
    title = "Object that its controller reports as not effective",
    severity = Severity.WARNING,
    resources = {
      SERVICE,
      SERVICE_ENTRY,
      WORKLOAD_ENTRY,
      AUTHORIZATION_POLICY,
      KUBERNETES_GATEWAY,
      HTTP_ROUTE,
      GRPC_ROUTE
    },
    istioctlAnalyzer = "conditions.ConditionAnalyzer")
public final class NegativeCondition implements Analyzer {
  private static final Set<String> WAYPOINT = Set.of("istio.io/WaypointBound");
  private static final Set<String> ROUTES = Set.of("Accepted", "Programmed", "ResolvedRefs");
  private static final String OWN = "status.conditions.*";
  private static final String OF_PARENTS = "status.parents.*.conditions.*";

  private record Rule(Set<String> types, String path) {}

  private static final Map<ResourceKind, Rule> RULES =
      Map.of(
          SERVICE, new Rule(WAYPOINT, OWN),
          SERVICE_ENTRY, new Rule(WAYPOINT, OWN),
          WORKLOAD_ENTRY, new Rule(WAYPOINT, OWN),
          AUTHORIZATION_POLICY, new Rule(Set.of("ZtunnelAccepted", "WaypointAccepted"), OWN),
          KUBERNETES_GATEWAY, new Rule(ROUTES, OWN),
          HTTP_ROUTE, new Rule(ROUTES, OF_PARENTS),
          GRPC_ROUTE, new Rule(ROUTES, OF_PARENTS));

  @Override
  public List<Observation> analyze(Mesh mesh) throws IOException {
    List<Observation> observations = new ArrayList<>();
    for (var rule : RULES.entrySet()) {
      for (var resource : mesh.all(rule.getKey())) {
        for (var condition : resource.fields(rule.getValue().path())) {
          if (rule.getValue().types().contains(condition.text("type")) && isNegative(condition)) {
            observations.add(observation(resource, condition));
          }
        }
      }
    }
    return observations;
  }

  private static boolean isNegative(Field condition) {
    return condition.text("status").equals("False")
        || (condition.text("type").equals("WaypointAccepted")
            && condition.text("reason").equals("PartiallyInvalid"));
  }

  private static Observation observation(Resource resource, Field condition) {
    return Observation.of(
        resource,
        condition.named("status").orElse(condition),
        "%s is %s, reason %s: \"%s\"."
            .formatted(
                condition.text("type"),
                condition.text("status"),
                condition.text("reason"),
                condition.text("message").strip()));
  }
}
