package io.bugreport.analyzers.envoy;

import static io.bugreport.model.endpoint.Endpoint.ENVOY_CLUSTERS;

import io.bugreport.analyzers.mesh.Thresholds;
import io.bugreport.model.check.Analyzer;
import io.bugreport.model.check.Check;
import io.bugreport.model.check.Mesh;
import io.bugreport.model.check.Observation;
import io.bugreport.model.envoy.UpstreamCluster;
import io.bugreport.model.envoy.UpstreamCluster.Host;
import io.bugreport.model.finding.Severity;
import io.bugreport.model.resource.ResourceId;
import io.bugreport.model.snapshot.Answer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Outlier detection has taken hosts of a service out: they answered with errors, one after the
/// other, and this proxy sends them nothing until their time is over. With half of a service's
/// hosts out the rest may not be able to carry the load, and with all of them out requests fail
/// with `503 UH`, or go to hosts that are known to be bad.
///
/// Outlier detection is on only where a `DestinationRule` turns it on. The hosts are the symptom:
/// the application behind them fails, or the rule is too strict for it.
///
/// ## Fix
///
/// See why the hosts fail, and what the rule allows:
///
/// ```sh
/// kubectl -n NAMESPACE get pods -o wide | grep ADDRESS
/// kubectl get destinationrules -A -o yaml | grep -B20 -A8 outlierDetection
/// ```
///
/// `consecutive5xxErrors`, `baseEjectionTime` and `maxEjectionPercent` say how soon, how long and
/// how many.
@Check(
    codes = "ENV-14",
    title = "Hosts that outlier detection has taken out",
    severity = Severity.WARNING,
    endpoints = ENVOY_CLUSTERS)
public final class EjectedHosts implements Analyzer {
  private static final int SHOWN = 3;

  /// What several proxies see alike is one finding.
  private record Ejection(String cluster, String upstream, List<String> ejected, int hosts) {
    Ejection {
      ejected = List.copyOf(ejected);
    }

    boolean isGrave() {
      return ejected.size() * 100 >= hosts * Thresholds.EJECTED_PERCENT;
    }

    String text() {
      return "%s out of %d hosts of %s are ejected: %s%s."
          .formatted(
              ejected.size(),
              hosts,
              upstream,
              String.join(", ", ejected.subList(0, Math.min(SHOWN, ejected.size()))),
              ejected.size() > SHOWN ? "…" : "");
    }
  }

  @Override
  public List<Observation> analyze(Mesh mesh) {
    Map<Ejection, Observation> found = new LinkedHashMap<>();
    for (var answer : mesh.answers(ENVOY_CLUSTERS)) {
      mesh.read(answer, EjectedHosts::ejections)
          .ifPresent(
              ejections ->
                  ejections.forEach(
                      (ejection, host) ->
                          found.merge(
                              ejection,
                              observation(answer.pod(), ejection, host),
                              (known, _) -> known.with(answer.pod()))));
    }
    return new ArrayList<>(found.values());
  }

  private static Map<Ejection, Host> ejections(Answer answer) throws IOException {
    Map<Ejection, Host> ejections = new LinkedHashMap<>();
    UpstreamCluster.read(
        answer,
        cluster -> {
          var ejected = cluster.hosts().stream().filter(Host::isEjected).toList();
          if (!ejected.isEmpty()) {
            ejections.put(
                new Ejection(
                    answer.from().cluster(),
                    cluster.name(),
                    ejected.stream().map(Host::address).sorted().toList(),
                    cluster.hosts().size()),
                ejected.getFirst());
          }
        });
    return ejections;
  }

  private static Observation observation(ResourceId proxy, Ejection ejection, Host host) {
    var observation = Observation.of(proxy, host.location(), ejection.text());
    return ejection.isGrave() ? observation.severity(Severity.ERROR) : observation;
  }
}
