package io.bugreport.analyzers.vm;

import static io.bugreport.model.resource.ResourceKind.WORKLOAD_ENTRY;

import io.bugreport.model.check.Analyzer;
import io.bugreport.model.check.Check;
import io.bugreport.model.check.Mesh;
import io.bugreport.model.check.Observation;
import io.bugreport.model.finding.Severity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// A virtual machine's own health check fails: the probe of its `WorkloadGroup`, which its agent
/// runs and reports. istiod has taken the machine out of its services; it gets no requests.
///
/// The message is the agent's. `connection refused` means that the application does not listen
/// where the probe looks; an address such as `127.0.0.6`, or `invalid argument`, that the machine
/// was set up with a public address that it does not have itself (`ISTIO_SVC_IP`).
///
/// ## Fix
///
/// Ask for the same on the machine, and compare with the group's probe:
///
/// ```sh
/// kubectl -n NAMESPACE get workloadgroup GROUP -o jsonpath='{.spec.probe}'
/// ssh VM curl -si http://127.0.0.1:PORT/PATH
/// ssh VM sudo tail /var/log/istio/istio.log
/// ```
@Check(
    codes = "VM-05",
    title = "Virtual machine whose health check fails",
    severity = Severity.ERROR,
    resources = WORKLOAD_ENTRY)
public final class UnhealthyWorkloadEntry implements Analyzer {

  @Override
  public List<Observation> analyze(Mesh mesh) throws IOException {
    List<Observation> observations = new ArrayList<>();
    for (var entry : mesh.all(WORKLOAD_ENTRY)) {
      for (var condition : entry.fields("status.conditions.*")) {
        if (condition.text("type").equals("Healthy") && condition.text("status").equals("False")) {
          var said = condition.text("message").lines().findFirst().orElse("").strip();
          observations.add(
              Observation.of(
                  entry,
                  condition.field("message").orElse(condition),
                  "The health check of the machine %s fails%s"
                      .formatted(
                          entry.text("spec.address"),
                          said.isEmpty() ? "." : ": \"" + said + "\".")));
        }
      }
    }
    return observations;
  }
}
