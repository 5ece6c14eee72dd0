package io.bugreport.analyzers.routing;

import static io.bugreport.model.resource.ResourceKind.CONFIG_MAP;
import static io.bugreport.model.resource.ResourceKind.VIRTUAL_SERVICE;

import io.bugreport.analyzers.mesh.ClusterDomain;
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
import java.util.HashSet;
import java.util.List;

/// A `VirtualService` injects faults: it refuses or delays a share of the requests on purpose, as
/// for a test. Where one is left over, users see failures that no server has made.
///
/// It is a remark where nothing shows that it strikes, and a warning where access logs have
/// requests with `FI` (refused) or `DI` (delayed).
///
/// ## Fix
///
/// Remove `fault` from the route if the test is over:
///
/// ```sh
/// kubectl get virtualservices -A -o yaml | grep -B30 'fault:'
/// ```
@Check(
    codes = "ENV-29",
    title = "Fault that a route injects on purpose",
    severity = Severity.WARNING,
    resources = {VIRTUAL_SERVICE, CONFIG_MAP},
    sources = Source.PROXY_LOG)
public final class InjectedFault implements LogAnalyzer {
  private static final LogPattern PATTERN =
      new LogPattern(
          "faults",
          line ->
              AccessLogLine.parse(line)
                  .filter(r -> r.flags().contains("FI") || r.flags().contains("DI"))
                  .map(r -> r.upstream().isEmpty() ? r.authority() : r.upstream()));

  @Override
  public List<LogPattern> patterns() {
    return List.of(PATTERN);
  }

  @Override
  public List<Observation> analyze(Mesh mesh) throws IOException {
    var domain = ClusterDomain.of(mesh.all(CONFIG_MAP));
    var hits = mesh.hits(PATTERN);
    List<Observation> observations = new ArrayList<>();
    for (var service : mesh.all(VIRTUAL_SERVICE)) {
      var hosts = new HashSet<String>();
      service
          .fields("spec.hosts.*")
          .forEach(h -> hosts.add(domain.qualified(h.text(), service.namespace())));
      service
          .fields("spec.http.*.route.*.destination.host")
          .forEach(h -> hosts.add(domain.qualified(h.text(), service.namespace())));
      var seen =
          hits.stream()
              .filter(h -> h.log().cluster().equals(service.id().cluster()))
              .filter(h -> hosts.stream().anyMatch(host -> isOf(h.key(), host)))
              .toList();
      for (var fault : service.fields("spec.http.*.fault")) {
        if (!strikes(fault)) {
          continue;
        }
        var observation = Observation.of(service, fault, message(fault, seen));
        for (var host : hosts) {
          observation = observation.tie(Ties.host(host));
        }
        observations.add(
            seen.isEmpty()
                ? observation.severity(Severity.INFO)
                : observation.and(seen.getFirst().locations().getFirst()));
      }
    }
    return observations;
  }

  private static boolean isOf(String key, String host) {
    return key.endsWith("|" + host)
        || key.equals(host)
        || host.startsWith(key.split(":", 2)[0] + ".");
  }

  private static boolean strikes(Field fault) {
    return List.of("abort", "delay").stream()
        .flatMap(kind -> fault.field(kind).stream())
        .anyMatch(f -> !f.text("percentage.value").equals("0") && !f.text("percent").equals("0"));
  }

  private static String message(Field fault, List<LogHits> seen) {
    var abort = fault.field("abort");
    var delay = fault.field("delay");
    var what = new ArrayList<String>();
    abort.ifPresent(
        a ->
            what.add(
                "refuses requests with "
                    + (a.text("httpStatus").isEmpty() ? "an error" : a.text("httpStatus"))));
    delay.ifPresent(d -> what.add("delays requests by " + d.text("fixedDelay")));
    var count = seen.stream().mapToLong(LogHits::count).sum();
    return "Its route %s on purpose%s."
        .formatted(
            String.join(" and ", what),
            count == 0 ? "" : "; access logs have " + count + " such requests");
  }
}
