package io.bugreport.analyzers.envoy;

import io.bugreport.analyzers.mesh.Thresholds;
import io.bugreport.analyzers.mesh.Ties;
import io.bugreport.model.check.Check;
import io.bugreport.model.check.LogAnalyzer;
import io.bugreport.model.check.Mesh;
import io.bugreport.model.check.Observation;
import io.bugreport.model.check.Source;
import io.bugreport.model.finding.Severity;
import io.bugreport.model.log.AccessLogLine;
import io.bugreport.model.log.LogPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Proxies throw requests away because they do not know where they go: access logs have them with
/// the upstream `BlackHoleCluster`. The mesh only lets known hosts be called
/// (`outboundTrafficPolicy: REGISTRY_ONLY`), and the host is no Service or `ServiceEntry`, or the
/// `Sidecar` of the namespace leaves it out.
///
/// ## Fix
///
/// Make the host known, or let the `Sidecar` in:
///
/// ```yaml
/// apiVersion: networking.istio.io/v1
/// kind: ServiceEntry
/// metadata: {name: api, namespace: NAMESPACE}
/// spec:
///   hosts: [api.example.com]
///   ports: [{number: 443, name: tls, protocol: TLS}]
///   resolution: DNS
/// ```
@Check(
    codes = "ENV-21",
    title = "Requests to hosts that the mesh does not know",
    severity = Severity.WARNING,
    sources = Source.PROXY_LOG,
    follows = Check.ANY)
public final class BlackHoledRequests implements LogAnalyzer {
  private static final String BLACK_HOLE = "BlackHoleCluster";
  private static final LogPattern PATTERN =
      new LogPattern(
          "black-hole",
          line ->
              line.text().contains(BLACK_HOLE) || line.text().contains("block_all")
                  ? AccessLogLine.parse(line)
                      .filter(r -> r.upstream().equals(BLACK_HOLE))
                      .map(AccessLogLine::authority)
                  : Optional.empty());

  @Override
  public List<LogPattern> patterns() {
    return List.of(PATTERN);
  }

  @Override
  public List<Observation> analyze(Mesh mesh) {
    Map<String, Observation> found = new TreeMap<>();
    for (var hits : mesh.hits(PATTERN)) {
      if (hits.count() >= Thresholds.FAILED_REQUESTS) {
        var host = hits.key().split(":", 2)[0];
        found.merge(
            hits.log().cluster() + " " + hits.log().namespace() + " " + hits.key(),
            Observation.of(
                    hits.pod(),
                    hits.locations().getFirst(),
                    "%d of its requests%s were thrown away: the proxy does not know the host."
                        .formatted(hits.count(), host.isEmpty() ? "" : " to " + hits.key()))
                .tie(Ties.host(host)),
            (known, more) -> known.with(more.resource()));
      }
    }
    return new ArrayList<>(found.values());
  }
}
