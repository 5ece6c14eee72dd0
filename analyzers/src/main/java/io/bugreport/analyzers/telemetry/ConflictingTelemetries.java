package io.bugreport.analyzers.telemetry;

import static io.bugreport.model.resource.ResourceKind.CRON_JOB;
import static io.bugreport.model.resource.ResourceKind.DAEMON_SET;
import static io.bugreport.model.resource.ResourceKind.DEPLOYMENT;
import static io.bugreport.model.resource.ResourceKind.JOB;
import static io.bugreport.model.resource.ResourceKind.POD;
import static io.bugreport.model.resource.ResourceKind.STATEFUL_SET;
import static io.bugreport.model.resource.ResourceKind.TELEMETRY;
import static io.bugreport.model.resource.ResourceKind.WORKLOAD_ENTRY;
import static io.bugreport.model.resource.ResourceKind.WORKLOAD_GROUP;

import io.bugreport.analyzers.mesh.PodIndex;
import io.bugreport.analyzers.mesh.SelectorConflicts;
import io.bugreport.analyzers.mesh.Workloads;
import io.bugreport.model.check.Analyzer;
import io.bugreport.model.check.Check;
import io.bugreport.model.check.Mesh;
import io.bugreport.model.check.Observation;
import io.bugreport.model.finding.Severity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Two `Telemetry` objects choose the same pod (IST0159): Istio applies the oldest to it, and what
/// the other one says about metrics, logs and traces is ignored. Or one chooses labels that no
/// workload of its namespace has (IST0101), and does nothing.
///
/// A workload that is scaled to zero, a job and a virtual machine count as workloads; istioctl
/// knows only pods.
///
/// ## Fix
///
/// Merge the objects, or let each pod be chosen by one:
///
/// ```sh
/// kubectl -n NAMESPACE get telemetries -o yaml
/// kubectl -n NAMESPACE get pods --show-labels
/// ```
@Check(
    codes = {"IST0159", "IST0101"},
    title = "Telemetry objects in conflict or without a workload",
    severity = Severity.ERROR,
    resources = {
      TELEMETRY,
      POD,
      DEPLOYMENT,
      STATEFUL_SET,
      DAEMON_SET,
      JOB,
      CRON_JOB,
      WORKLOAD_ENTRY,
      WORKLOAD_GROUP
    },
    istioctlAnalyzer = "telemetry.SelectorAnalyzer")
public final class ConflictingTelemetries implements Analyzer {
  private static final String LABELS = "spec.selector.matchLabels";

  @Override
  public List<Observation> analyze(Mesh mesh) throws IOException {
    var conflicts = new SelectorConflicts(mesh.all(TELEMETRY), LABELS, new PodIndex(mesh.all(POD)));
    var workloads = Workloads.of(mesh);
    List<Observation> observations = new ArrayList<>();
    conflicts
        .chosen()
        .forEach(
            (telemetry, pods) -> {
              var labels = telemetry.field(LABELS).orElse(telemetry.root());
              if (pods.isEmpty()
                  && !workloads.haveLabels(telemetry.namespace(), telemetry.texts(LABELS))) {
                observations.add(
                    Observation.of(
                            telemetry,
                            labels,
                            "No workload of its namespace has the labels that it chooses.")
                        .code("IST0101"));
              }
              conflicts
                  .shared(telemetry)
                  .forEach(
                      (names, shared) -> {
                        var observation =
                            Observation.of(
                                    telemetry,
                                    labels,
                                    "It chooses %s, and so does %s; only the oldest is applied."
                                        .formatted(shared.pod().id(), names))
                                .with(shared.pod().id());
                        for (var other : shared.others()) {
                          observation = observation.and(other.location()).with(other.id());
                        }
                        observations.add(observation);
                      });
            });
    return observations;
  }
}
