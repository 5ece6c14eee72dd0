package io.bugreport.analyzers.controlplane;

import static io.bugreport.model.endpoint.Endpoint.ISTIOD_SYNCZ;

import io.bugreport.analyzers.mesh.Age;
import io.bugreport.analyzers.mesh.Thresholds;
import io.bugreport.analyzers.mesh.Ties;
import io.bugreport.analyzers.mesh.Ties.Topic;
import io.bugreport.model.check.Analyzer;
import io.bugreport.model.check.Check;
import io.bugreport.model.check.Mesh;
import io.bugreport.model.check.Observation;
import io.bugreport.model.endpoint.ProxyId;
import io.bugreport.model.finding.Severity;
import io.bugreport.model.istiod.SyncStatus;
import io.bugreport.model.istiod.SyncStatus.TypeStatus;
import io.bugreport.model.resource.ResourceId;
import io.bugreport.model.snapshot.Answer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// istiod sent a proxy configuration, and the proxy has not accepted it: it rejected it, and its
/// reason is quoted; or it has not answered for a minute, because the connection hangs or the proxy
/// is overloaded. It goes on with what it had before.
///
/// Where the proxy's own dump was collected, ENV-01 says which resource it rejected; this tells the
/// same from istiod's side, also of proxies that could not be reached.
///
/// ## Fix
///
/// A reason that names a filter or an extension leads to an `EnvoyFilter` or `WasmPlugin`:
///
/// ```sh
/// kubectl get envoyfilters,wasmplugins -A --sort-by=.metadata.creationTimestamp
/// istioctl proxy-status POD.NAMESPACE
/// ```
///
/// A proxy that does not answer connects anew when its pod is created anew:
///
/// ```sh
/// kubectl -n NAMESPACE delete pod POD
/// ```
@Check(
    codes = "ENV-02",
    title = "Configuration that a proxy has not accepted",
    severity = Severity.ERROR,
    endpoints = ISTIOD_SYNCZ,
    follows = {"ENV-01", "*"})
public final class UnacceptedPush implements Analyzer {

  @Override
  public List<Observation> analyze(Mesh mesh) {
    List<Observation> observations = new ArrayList<>();
    for (var answer : mesh.answers(ISTIOD_SYNCZ)) {
      for (var row : mesh.read(answer, SyncStatus::read).orElse(List.of())) {
        row.byType()
            .forEach(
                (type, status) ->
                    observation(answer, row, type, status, mesh.collectedAt())
                        .ifPresent(observations::add));
      }
    }
    return Ties.about(Topic.REJECTION, observations);
  }

  private static Optional<Observation> observation(
      Answer answer, SyncStatus row, String type, TypeStatus status, Instant now) {
    // What the agent did with its table of names is another check's matter.
    if (!status.isBehind() || type.equals(SyncStatus.NAME_TABLE)) {
      return Optional.empty();
    }
    var about = subject(answer, row);
    var error = status.lastError().lines().findFirst().orElse("").strip();
    if (!error.isEmpty()) {
      return Optional.of(
          Observation.of(
              about,
              status.location(),
              "%s rejected the %s that istiod sent: \"%s\".".formatted(row.proxy(), type, error)));
    }
    return Age.isAtLeast(Thresholds.PUSH_UNANSWERED, status.sentTime(), now)
        ? Optional.of(
            Observation.of(
                    about,
                    status.location(),
                    "%s has not answered the %s that istiod sent at %s."
                        .formatted(row.proxy(), type, status.sentTime()))
                .severity(Severity.WARNING))
        : Optional.empty();
  }

  private static ResourceId subject(Answer answer, SyncStatus row) {
    return ProxyId.parse(row.proxy())
        .map(p -> new ResourceId(answer.from().cluster(), "", "Pod", p.namespace(), p.pod()))
        .orElse(answer.pod());
  }
}
