package io.bugreport.analyzers.security;

import static io.bugreport.model.resource.ResourceKind.PEER_AUTHENTICATION;
import static io.bugreport.model.resource.ResourceKind.POD;

import io.bugreport.analyzers.mesh.Containers;
import io.bugreport.analyzers.mesh.PodIndex;
import io.bugreport.model.check.Analyzer;
import io.bugreport.model.check.Check;
import io.bugreport.model.check.Mesh;
import io.bugreport.model.check.Observation;
import io.bugreport.model.finding.Severity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// A `PeerAuthentication` has a mode for a port that no container of its workloads declares, or it
/// has modes for ports and selects no workload: Istio ignores those. The number is the port of the
/// workload, not that of the Service, which is a common mistake: what was meant to be an exception
/// is none, or what was meant to be strict is not.
///
/// Containers may listen on ports that they do not declare; where no container of the workloads
/// declares any port, nothing is said.
///
/// ## Fix
///
/// Name the port that the container listens on, `targetPort` of the Service:
///
/// ```sh
/// kubectl -n NAMESPACE get service NAME -o jsonpath='{.spec.ports}'
/// ```
@Check(
    codes = "ENV-27",
    title = "Mutual TLS of a port that its workloads do not have",
    severity = Severity.WARNING,
    resources = {PEER_AUTHENTICATION, POD})
public final class UnknownPortOfPeerAuthentication implements Analyzer {

  @Override
  public List<Observation> analyze(Mesh mesh) throws IOException {
    var pods = new PodIndex(mesh.all(POD));
    List<Observation> observations = new ArrayList<>();
    for (var policy : mesh.all(PEER_AUTHENTICATION)) {
      var ports = policy.field("spec.portLevelMtls");
      if (ports.isEmpty() || ports.get().children().isEmpty()) {
        continue;
      }
      var selector = policy.texts("spec.selector.matchLabels");
      if (selector.isEmpty()) {
        observations.add(
            Observation.of(
                policy,
                ports.get(),
                "It has modes for ports and selects no workload: Istio ignores them."));
        continue;
      }
      Set<String> declared = new TreeSet<>();
      for (var pod : pods.selected(policy.namespace(), selector)) {
        if (pod.id().cluster().equals(policy.id().cluster())) {
          pod.fields("spec.containers.*").stream()
              .filter(c -> !c.text("name").equals(Containers.PROXY))
              .flatMap(c -> c.fields("ports.*.containerPort").stream())
              .forEach(p -> declared.add(p.text()));
        }
      }
      for (var port : ports.get().children()) {
        if (!declared.isEmpty() && !declared.contains(port.name())) {
          observations.add(
              Observation.of(
                  policy,
                  port,
                  "It has a mode for port %s, and its workloads declare %s: it has no effect."
                      .formatted(port.name(), String.join(", ", declared))));
        }
      }
    }
    return observations;
  }
}
