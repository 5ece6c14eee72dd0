package io.bugreport.analyzers.envoy;

import static io.bugreport.model.endpoint.Endpoint.ISTIOD_PUSH_STATUS;

import io.bugreport.model.check.Analyzer;
import io.bugreport.model.check.Check;
import io.bugreport.model.check.Mesh;
import io.bugreport.model.check.Observation;
import io.bugreport.model.finding.Severity;
import io.bugreport.model.resource.Field;
import io.bugreport.model.snapshot.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// istiod left something out of what it sent to proxies, because two objects claim the same place.
/// It keeps one of them and says so in its push status:
///
/// - `ENV-18`: two listeners for one address and port. Services with the same port and different
///   protocols are the usual cause: one of them is not served, or as plain TCP.
/// - `ENV-22`: a virtual host, cluster or subset that is there twice.
///
/// Only what conflicts now is in the status: it is of the last full push.
///
/// ## Fix
///
/// The message names both. For listeners, give the port of both Services the same protocol, by its
/// name or `appProtocol`, or an address of its own:
///
/// ```sh
/// kubectl get services -A | grep PORT
/// ```
@Check(
    codes = {"ENV-18", "ENV-22"},
    title = "Configuration that istiod left out for a conflict",
    severity = Severity.WARNING,
    endpoints = ISTIOD_PUSH_STATUS,
    follows = {Check.ANY, "conflicting-mesh-hosts", "disagreeing-services"})
public final class PushConflicts implements Analyzer {
  private static final Map<String, String> CODES =
      Map.of(
          "pilot_conflict_inbound_listener", "ENV-18",
          "pilot_conflict_outbound_listener_tcp_over_current_http", "ENV-18",
          "pilot_conflict_outbound_listener_tcp_over_current_tcp", "ENV-18",
          "pilot_conflict_outbound_listener_http_over_current_tcp", "ENV-18",
          "pilot_conflict_outbound_listener_http_over_https", "ENV-18",
          "pilot_vservice_dup_domain", "ENV-22",
          "pilot_duplicate_envoy_clusters", "ENV-22",
          "pilot_destrule_subsets", "ENV-22");
  private static final int QUOTED = 200;

  @Override
  public List<Observation> analyze(Mesh mesh) {
    Map<String, Observation> found = new TreeMap<>();
    for (var answer : mesh.answers(ISTIOD_PUSH_STATUS)) {
      mesh.read(answer, Answer::document)
          .ifPresent(
              document -> {
                for (var metric : document.children()) {
                  var code = CODES.get(metric.path());
                  if (code != null) {
                    for (var entry : metric.children()) {
                      found.putIfAbsent(
                          answer.from().cluster() + " " + entry.path(),
                          observation(answer, metric, entry).code(code));
                    }
                  }
                }
              });
    }
    return new ArrayList<>(found.values());
  }

  private static Observation observation(Answer answer, Field metric, Field entry) {
    var text = entry.text("message");
    return Observation.of(
        answer.pod(),
        entry.location(),
        "%s: %s (%s)."
            .formatted(
                entry.path().substring(metric.path().length() + 1),
                text.isEmpty() ? "in conflict" : text.substring(0, Math.min(QUOTED, text.length())),
                metric.path()));
  }
}
