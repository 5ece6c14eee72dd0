package io.bugreport.analyzers.logs;

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
import io.bugreport.model.log.LogLine;
import io.bugreport.model.log.LogPattern;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Envoy marks requests that failed for a reason of its own in its access log, with response flags:
///
/// - `UH`: the service has no healthy host. `UF`: no connection to a host came about; its TLS
///   settings differ, or nothing listens. `UC`: the host closed the connection.
/// - `UO`: the connection pool is full (circuit breaker). `URX`: all retries failed.
/// - `NR`: there is no route for the request. `NC`: its route leads to a cluster that the proxy
///   does not have.
/// - `UT`: the host took longer than the route's time limit.
///
/// Counted is for each flag and upstream, in all access logs together; a few are normal in any
/// mesh. Where the last is more than an hour old, it is a remark only. Both ends may have logged a
/// request, each from its side. Without access logs nothing is seen.
///
/// ## Fix
///
/// See what the proxy has for the upstream that is named:
///
/// ```sh
/// istioctl proxy-config clusters POD.NAMESPACE --fqdn HOST -o json
/// istioctl proxy-config endpoints POD.NAMESPACE --cluster 'outbound|PORT||HOST'
/// istioctl proxy-config routes POD.NAMESPACE
/// ```
@Check(
    codes = "ENV-20",
    title = "Requests that failed in the mesh",
    severity = Severity.WARNING,
    sources = Source.PROXY_LOG,
    follows = {"*", "ENV-01", "ENV-06", "ENV-08", "ENV-11", "ENV-13", "ENV-14"})
public final class FailedRequests implements LogAnalyzer {
  private static final Map<String, String> MEANINGS =
      Map.of(
          "UH", "no healthy host",
          "UF", "no connection to a host",
          "UC", "the host closed the connection",
          "UO", "the connection pool is full",
          "URX", "all retries failed",
          "NR", "no route",
          "NC", "no such cluster",
          "UT", "no answer in time");

  /// Anybody can ask a gateway for what is not there.
  private static final String NO_ROUTE = "NR";

  private static final LogPattern PATTERN =
      new LogPattern("flags", line -> flagged(line).map(FailedRequests::key));

  /// What failed alike, with the logs that tell of it.
  private record Failures(List<LogHits> hits) {
    long count() {
      return hits.stream().mapToLong(LogHits::count).sum();
    }

    LogHits most() {
      return hits.stream().max(Comparator.comparingLong(LogHits::count)).orElseThrow();
    }
  }

  @Override
  public List<LogPattern> patterns() {
    return List.of(PATTERN);
  }

  private static Optional<AccessLogLine> flagged(LogLine line) {
    return AccessLogLine.parse(line).filter(request -> flag(request).isPresent());
  }

  private static Optional<String> flag(AccessLogLine request) {
    return request.flags().stream().filter(MEANINGS::containsKey).findFirst();
  }

  private static String key(AccessLogLine request) {
    var where = request.upstream().isEmpty() ? request.authority() : request.upstream();
    return flag(request).orElse("") + " " + where;
  }

  @Override
  public List<Observation> analyze(Mesh mesh) {
    Map<String, List<LogHits>> byKey = new TreeMap<>();
    for (var hits : mesh.hits(PATTERN)) {
      byKey
          .computeIfAbsent(hits.log().cluster() + " " + hits.key(), _ -> new ArrayList<>())
          .add(hits);
    }
    List<Observation> observations = new ArrayList<>();
    for (var all : byKey.values()) {
      var failures = new Failures(all);
      if (failures.count() >= Thresholds.FAILED_REQUESTS) {
        observations.add(observation(failures, mesh.collectedAt()));
      }
    }
    return observations;
  }

  private static String withoutPort(String where) {
    var colon = where.startsWith("outbound") ? -1 : where.lastIndexOf(':');
    return colon < 0 ? where : where.substring(0, colon);
  }

  private static Observation observation(Failures failures, Instant now) {
    var most = failures.most();
    var space = most.key().indexOf(' ');
    var flag = space < 0 ? most.key() : most.key().substring(0, space);
    var where = space < 0 ? "" : most.key().substring(space + 1);
    var observation =
        Observation.of(
                most.pod(),
                most.locations().getFirst(),
                "%d requests%s failed with %s (%s)%s; the last in this log%s."
                    .formatted(
                        failures.count(),
                        where.isEmpty() ? "" : " to " + where,
                        flag,
                        MEANINGS.getOrDefault(flag, "several reasons"),
                        failures.hits().size() == 1
                            ? ""
                            : " in " + failures.hits().size() + " logs",
                        most.last().isEmpty() ? " has no time" : " at " + most.last()))
            .tie(Ties.upstream(withoutPort(where)));
    for (var hits : failures.hits()) {
      if (!hits.pod().equals(most.pod())) {
        observation = observation.with(hits.pod());
      }
    }
    var isOver = failures.hits().stream().noneMatch(hits -> Sign.isLate(hits, now));
    return flag.equals(NO_ROUTE) || isOver ? observation.severity(Severity.INFO) : observation;
  }
}
