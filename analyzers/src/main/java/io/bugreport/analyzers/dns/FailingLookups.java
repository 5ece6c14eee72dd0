package io.bugreport.analyzers.dns;

import static io.bugreport.model.endpoint.Endpoint.AGENT_METRICS;

import io.bugreport.analyzers.mesh.Thresholds;
import io.bugreport.model.check.Analyzer;
import io.bugreport.model.check.Check;
import io.bugreport.model.check.Mesh;
import io.bugreport.model.check.Observation;
import io.bugreport.model.finding.Severity;
import io.bugreport.model.metrics.Sample;
import io.bugreport.model.resource.Location;
import io.bugreport.model.snapshot.Answer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The DNS proxy of an agent asks the resolvers of its pod for whatever is not in its own table,
/// and they fail: more than one lookup in a hundred since it started; an error from one in five on.
/// Lookups of outside hosts then fail or are slow, for reasons that have nothing to do with the
/// mesh: CoreDNS is overloaded or down, or a `NetworkPolicy` keeps port 53 shut.
///
/// ## Fix
///
/// ```sh
/// kubectl -n kube-system get pods -l k8s-app=kube-dns
/// kubectl -n kube-system logs -l k8s-app=kube-dns --tail=50
/// kubectl -n NAMESPACE get networkpolicies
/// ```
@Check(
    codes = "DNS-10",
    title = "Lookups that the pod's resolvers fail",
    severity = Severity.WARNING,
    endpoints = AGENT_METRICS)
public final class FailingLookups implements Analyzer {
  private static final String FAILED = "dns_upstream_failures_total";
  private static final String ALL = "dns_upstream_requests_total";

  private record Lookups(double all, double failed, Optional<Location> location) {}

  @Override
  public List<Observation> analyze(Mesh mesh) {
    List<Observation> observations = new ArrayList<>();
    for (var answer : mesh.answers(AGENT_METRICS)) {
      mesh.read(answer, FailingLookups::lookups)
          .filter(l -> l.all() >= Thresholds.LOOKUPS)
          .filter(l -> l.failed() * 100 > l.all() * Thresholds.FAILED_LOOKUPS_PERCENT)
          .ifPresent(l -> observations.add(observation(answer, l)));
    }
    return observations;
  }

  private static Lookups lookups(Answer answer) throws IOException {
    Map<String, Double> sums = new TreeMap<>();
    Map<String, Location> places = new TreeMap<>();
    Sample.read(
        answer,
        sample -> {
          for (var name : List.of(FAILED, ALL)) {
            if (sample.name().endsWith(name)) {
              sums.merge(name, sample.value(), Double::sum);
              places.putIfAbsent(name, sample.location());
            }
          }
        });
    return new Lookups(
        sums.getOrDefault(ALL, 0.0),
        sums.getOrDefault(FAILED, 0.0),
        Optional.ofNullable(places.get(FAILED)));
  }

  private static Observation observation(Answer answer, Lookups lookups) {
    var observation =
        Observation.of(
            answer.pod(),
            lookups.location().orElse(Location.ofLine(answer.path(), 1)),
            "The resolvers of the pod failed %.0f of %.0f lookups that its DNS proxy passed on."
                .formatted(lookups.failed(), lookups.all()));
    return lookups.failed() * 100 >= lookups.all() * Thresholds.GRAVE_LOOKUPS_PERCENT
        ? observation.severity(Severity.ERROR)
        : observation;
  }
}
