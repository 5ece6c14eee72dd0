package io.bugreport.analyzers.envoy;

import static io.bugreport.model.endpoint.Endpoint.ENVOY_CONFIG_DUMP;

import io.bugreport.model.check.Analyzer;
import io.bugreport.model.check.Check;
import io.bugreport.model.check.Mesh;
import io.bugreport.model.check.Observation;
import io.bugreport.model.envoy.ConfigDump;
import io.bugreport.model.envoy.Rejection;
import io.bugreport.model.finding.Severity;
import io.bugreport.model.snapshot.Answer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A proxy refused a part of the configuration that istiod sent to it. It goes on with what it had
/// before, or, after a restart, with nothing: then it opens no port and its pod does not become
/// ready. As long as the rejected part is sent, changes beside it do not arrive either.
///
/// The cause is nearly always an `EnvoyFilter` whose patch does not suit this version of Envoy, or
/// a Wasm plugin or certificate that cannot be loaded. The message quotes Envoy's own reason.
///
/// ## Fix
///
/// Find what touches the named resource, newest first:
///
/// ```sh
/// kubectl get envoyfilters,wasmplugins -A --sort-by=.metadata.creationTimestamp
/// ```
///
/// Correct or delete it, then see whether the proxy accepts what it is sent:
///
/// ```sh
/// istioctl proxy-status POD.NAMESPACE
/// kubectl -n NAMESPACE logs POD -c istio-proxy --since=5m | grep -i reject
/// ```
@Check(
    codes = "ENV-01",
    title = "Configuration that a proxy rejected",
    severity = Severity.ERROR,
    endpoints = ENVOY_CONFIG_DUMP)
public final class RejectedConfiguration implements Analyzer {

  /// Envoy may list one rejection twice, without a name and a time the second time.
  private record Problem(String word, String name, String details) {}

  @Override
  public List<Observation> analyze(Mesh mesh) {
    List<Observation> observations = new ArrayList<>();
    for (var answer : mesh.answers(ENVOY_CONFIG_DUMP)) {
      mesh.read(answer, RejectedConfiguration::rejections)
          .ifPresent(
              found ->
                  found.forEach(
                      (problem, rejection) ->
                          observations.add(
                              Observation.of(
                                  answer.pod(),
                                  rejection.location(),
                                  message(problem, rejection)))));
    }
    return observations;
  }

  private static Map<Problem, Rejection> rejections(Answer answer) throws IOException {
    Map<Problem, Rejection> found = new LinkedHashMap<>();
    ConfigDump.read(
        answer,
        entry ->
            entry
                .rejection()
                .ifPresent(
                    rejection ->
                        found.merge(
                            new Problem(
                                entry.section().word(),
                                entry.name().orElse(""),
                                rejection.firstLine()),
                            rejection,
                            (one, other) -> one.lastAttempt().isEmpty() ? other : one)));
    return found;
  }

  private static String message(Problem problem, Rejection rejection) {
    var what =
        problem.name().isEmpty()
            ? "a " + problem.word() + " that it does not name"
            : "the " + problem.word() + " " + problem.name();
    var when =
        rejection.lastAttempt().isEmpty() ? "" : " (last tried " + rejection.lastAttempt() + ")";
    return "Envoy rejected "
        + what
        + when
        + (problem.details().isEmpty()
            ? " and gives no reason."
            : ": \"" + problem.details() + "\".");
  }
}
