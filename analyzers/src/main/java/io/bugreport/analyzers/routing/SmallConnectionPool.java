package io.bugreport.analyzers.routing;

import static io.bugreport.model.resource.ResourceKind.CONFIG_MAP;
import static io.bugreport.model.resource.ResourceKind.DESTINATION_RULE;

import io.bugreport.analyzers.mesh.ClusterDomain;
import io.bugreport.analyzers.mesh.Thresholds;
import io.bugreport.analyzers.mesh.Ties;
import io.bugreport.model.check.Check;
import io.bugreport.model.check.LogAnalyzer;
import io.bugreport.model.check.Mesh;
import io.bugreport.model.check.Observation;
import io.bugreport.model.check.Source;
import io.bugreport.model.finding.Severity;
import io.bugreport.model.log.AccessLogLine;
import io.bugreport.model.log.LogHits;
import io.bugreport.model.log.LogPattern;
import io.bugreport.model.resource.Field;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// A `DestinationRule` lets so few connections or requests through that a second client at a time
/// is refused with `503 UO` (the circuit breaker is open). Values like these are for tests.
///
/// It is a remark where nothing shows that the limit was reached, and a warning where access logs
/// have requests with `UO`. Whether a larger limit is too small for the traffic, ENV-13 and ENV-20
/// say.
///
/// ## Fix
///
/// Remove the limits, or set them to what the servers can bear:
///
/// ```yaml
/// trafficPolicy:
///   connectionPool:
///     tcp: {maxConnections: 1000}
///     http: {http1MaxPendingRequests: 1000, http2MaxRequests: 1000}
/// ```
@Check(
    codes = "ENV-30",
    title = "Connection pool that lets hardly anything through",
    severity = Severity.WARNING,
    resources = {DESTINATION_RULE, CONFIG_MAP},
    sources = Source.PROXY_LOG)
public final class SmallConnectionPool implements LogAnalyzer {
  private static final List<String> LIMITS =
      List.of("tcp.maxConnections", "http.http1MaxPendingRequests", "http.http2MaxRequests");
  private static final LogPattern PATTERN =
      new LogPattern(
          "overflows",
          line ->
              AccessLogLine.parse(line)
                  .filter(r -> r.flags().contains("UO"))
                  .map(AccessLogLine::upstream));

  @Override
  public List<LogPattern> patterns() {
    return List.of(PATTERN);
  }

  @Override
  public List<Observation> analyze(Mesh mesh) throws IOException {
    var domain = ClusterDomain.of(mesh.all(CONFIG_MAP));
    var hits = mesh.hits(PATTERN);
    List<Observation> observations = new ArrayList<>();
    for (var rule : mesh.all(DESTINATION_RULE)) {
      var host = domain.qualified(rule.text("spec.host"), rule.namespace());
      List<Field> small = new ArrayList<>();
      for (var path :
          List.of(
              "spec.trafficPolicy.connectionPool.",
              "spec.subsets.*.trafficPolicy.connectionPool.")) {
        for (var limit : LIMITS) {
          rule.fields(path + limit).stream()
              .filter(f -> f.number().filter(n -> n > 0 && n <= Thresholds.SMALL_POOL).isPresent())
              .forEach(small::add);
        }
      }
      if (small.isEmpty()) {
        continue;
      }
      var seen =
          hits.stream()
              .filter(h -> h.log().cluster().equals(rule.id().cluster()))
              .filter(h -> h.key().endsWith("|" + host))
              .toList();
      var count = seen.stream().mapToLong(LogHits::count).sum();
      var names = small.stream().map(f -> f.name() + " " + f.text()).distinct().toList();
      var observation =
          Observation.of(
                  rule,
                  small.getFirst(),
                  "It lets hardly anything through to %s (%s)%s."
                      .formatted(
                          host,
                          String.join(", ", names),
                          count == 0
                              ? ""
                              : "; access logs have " + count + " requests refused with UO"))
              .tie(Ties.host(host));
      observations.add(
          seen.isEmpty()
              ? observation.severity(Severity.INFO)
              : observation.and(seen.getFirst().locations().getFirst()));
    }
    return observations;
  }
}
