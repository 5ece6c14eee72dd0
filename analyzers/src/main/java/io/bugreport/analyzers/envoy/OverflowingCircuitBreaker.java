package io.bugreport.analyzers.envoy;

import static io.bugreport.model.endpoint.Endpoint.ENVOY_STATS;

import io.bugreport.analyzers.mesh.Ties;
import io.bugreport.model.check.Analyzer;
import io.bugreport.model.check.Check;
import io.bugreport.model.check.Mesh;
import io.bugreport.model.check.Observation;
import io.bugreport.model.finding.Severity;
import io.bugreport.model.resource.Location;
import io.bugreport.model.snapshot.Answer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// A circuit breaker of this proxy has refused requests: more were under way, or waiting for a
/// connection, than the `DestinationRule` allows. They failed at once with `503 UO`.
///
/// The count is since the proxy started. A breaker that trips under a rare peak does what it is
/// for; one that trips all the time is too tight, or hides a service that has become slow.
///
/// Istio leaves these statistics out unless `proxyStatsMatcher` includes them; that none are found
/// says nothing then.
///
/// ## Fix
///
/// Compare with what the rule allows, and see whether the service answers slowly:
///
/// ```sh
/// kubectl get destinationrules -A -o yaml | grep -B20 -A10 connectionPool
/// istioctl proxy-config clusters POD.NAMESPACE --fqdn HOST -o json | grep -A12 circuitBreakers
/// ```
///
/// `http1MaxPendingRequests`, `http2MaxRequests` and `tcp.maxConnections` set the limits.
@Check(
    codes = "ENV-13",
    title = "Circuit breaker that has refused requests",
    severity = Severity.WARNING,
    endpoints = ENVOY_STATS,
    follows = "*")
public final class OverflowingCircuitBreaker implements Analyzer {
  /// Semicolons part tags from names in Istio's bootstrap.
  private static final Pattern OVERFLOW =
      Pattern.compile(
          "^cluster\\.(.+?);?\\.(upstream_rq_pending_overflow|upstream_cx_pool_overflow): (\\d{1,18})$");

  private record Overflow(String upstream, long count, Location location) {}

  @Override
  public List<Observation> analyze(Mesh mesh) {
    List<Observation> observations = new ArrayList<>();
    for (var answer : mesh.answers(ENVOY_STATS)) {
      for (var overflow :
          mesh.read(answer, OverflowingCircuitBreaker::overflows).orElse(List.of())) {
        observations.add(
            Observation.of(
                    answer.pod(),
                    overflow.location(),
                    "Its circuit breaker for %s has refused %d requests or connections since the proxy started."
                        .formatted(overflow.upstream(), overflow.count()))
                .tie(Ties.upstream(overflow.upstream())));
      }
    }
    return observations;
  }

  private static List<Overflow> overflows(Answer answer) throws IOException {
    Map<String, Overflow> byCluster = new LinkedHashMap<>();
    try (var reader =
        new BufferedReader(new InputStreamReader(answer.open(), StandardCharsets.UTF_8))) {
      var number = 0;
      for (var line = reader.readLine(); line != null; line = reader.readLine()) {
        number++;
        var match = OVERFLOW.matcher(line);
        // upstream_cx_overflow does not count: a connection too many is waited for, not refused.
        if (match.matches() && !match.group(3).equals("0")) {
          var found =
              new Overflow(
                  match.group(1),
                  Long.parseLong(match.group(3)),
                  new Location(answer.path(), number, 1, match.group(2)));
          byCluster.merge(
              match.group(1), found, (one, two) -> one.count() >= two.count() ? one : two);
        }
      }
    }
    return List.copyOf(byCluster.values());
  }
}
