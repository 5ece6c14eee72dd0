package io.bugreport.analyzers.workload;

import static io.bugreport.model.resource.ResourceKind.DEPLOYMENT;
import static io.bugreport.model.resource.ResourceKind.REPLICA_SET;
import static io.bugreport.model.resource.ResourceKind.STATEFUL_SET;

import io.bugreport.analyzers.mesh.Ties;
import io.bugreport.analyzers.mesh.Ties.Topic;
import io.bugreport.model.check.Analyzer;
import io.bugreport.model.check.Check;
import io.bugreport.model.check.Mesh;
import io.bugreport.model.check.Observation;
import io.bugreport.model.finding.Severity;
import io.bugreport.model.resource.Resource;
import io.bugreport.model.resource.ResourceId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Kubernetes cannot create the pods of a workload: a quota is used up, a webhook refuses or does
/// not answer, a service account is missing. The workload keeps the pods that it has, and gets none
/// for those that end. In a mesh the reason is often the injection webhook, or a quota that does
/// not count the proxy's requests in.
///
/// ## Fix
///
/// The message is Kubernetes' own. See the events of the ReplicaSet, and quotas:
///
/// ```sh
/// kubectl -n NAMESPACE get events --field-selector reason=FailedCreate
/// kubectl -n NAMESPACE get resourcequotas,limitranges
/// ```
@Check(
    codes = "CP-22",
    title = "Workload whose pods cannot be created",
    severity = Severity.ERROR,
    resources = {DEPLOYMENT, REPLICA_SET, STATEFUL_SET},
    eachKindAlone = true,
    follows = {"INS-02", "INS-03", "CP-21", "CP-20", Check.ANY})
public final class PodsNotCreated implements Analyzer {
  private static final String FAILURE = "ReplicaFailure";

  @Override
  public List<Observation> analyze(Mesh mesh) throws IOException {
    Map<ResourceId, Observation> found = new LinkedHashMap<>();
    for (var kind : List.of(DEPLOYMENT, REPLICA_SET, STATEFUL_SET)) {
      for (var workload : mesh.all(kind)) {
        for (var condition : workload.fields("status.conditions.*")) {
          if (condition.text("type").equals(FAILURE) && condition.text("status").equals("True")) {
            var owner = owner(workload);
            if (found.containsKey(owner)) {
              continue;
            }
            var text = condition.text("message").lines().findFirst().orElse("");
            var observation =
                Observation.of(
                    workload,
                    condition,
                    "Its pods cannot be created: \"%s\"."
                        .formatted(text.isEmpty() ? condition.text("reason") : text));
            found.put(
                owner,
                text.contains("webhook")
                    ? observation.tie(Ties.topic(Topic.WEBHOOKS, workload.id().cluster()))
                    : observation);
          }
        }
      }
    }
    return new ArrayList<>(found.values());
  }

  /// A ReplicaSet's trouble is its Deployment's.
  private static ResourceId owner(Resource workload) {
    return workload.fields("metadata.ownerReferences.*").stream()
        .filter(o -> o.text("kind").equals("Deployment"))
        .findFirst()
        .map(
            o ->
                new ResourceId(
                    workload.id().cluster(),
                    "apps",
                    "Deployment",
                    workload.namespace(),
                    o.text("name")))
        .orElse(workload.id());
  }
}
