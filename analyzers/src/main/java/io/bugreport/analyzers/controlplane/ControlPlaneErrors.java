package io.bugreport.analyzers.controlplane;

import static io.bugreport.model.endpoint.Endpoint.ISTIOD_METRICS;

import io.bugreport.analyzers.mesh.Ties;
import io.bugreport.analyzers.mesh.Ties.Topic;
import io.bugreport.model.check.Analyzer;
import io.bugreport.model.check.Check;
import io.bugreport.model.check.Mesh;
import io.bugreport.model.check.Observation;
import io.bugreport.model.finding.Severity;
import io.bugreport.model.metrics.Sample;
import io.bugreport.model.snapshot.Answer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// istiod counts errors of its own work since it started:
///
/// - `CA-05`: it could not sign certificates of workloads. Their proxies do not become ready, or
///   keep a certificate until it expires.
/// - `GWC-11`: it could not give a gateway the certificate that it asked for.
/// - `CP-13`: it could not put a proxy into a pod, which was then not created.
/// - `CP-19`: it could not fetch the keys that a `RequestAuthentication` names. Requests with
///   tokens of that issuer are refused with 401.
/// - `CP-12`: it could not write the CA bundle into a webhook. That may happen while it starts.
///
/// A count does not say when. Its log does.
///
/// ## Fix
///
/// ```sh
/// kubectl -n istio-system logs deploy/istiod --since=24h | grep -E 'error|warn'
/// ```
///
/// See the checks of certificates, gateways and webhooks, which name what is wrong where it can be
/// seen.
@Check(
    codes = {"CA-05", "GWC-11", "CP-13", "CP-19", "CP-12"},
    title = "Errors that istiod counts",
    severity = Severity.WARNING,
    endpoints = ISTIOD_METRICS,
    follows = {"*", "CA-01"})
public final class ControlPlaneErrors implements Analyzer {

  private record Counter(String code, Severity severity, String what) {}

  private static final Map<String, Counter> COUNTERS =
      Map.of(
          "citadel_server_csr_sign_err_count",
          new Counter("CA-05", Severity.WARNING, "certificates that it could not sign"),
          "citadel_server_csr_parsing_err_count",
          new Counter("CA-05", Severity.WARNING, "certificate requests that it could not read"),
          "pilot_sds_certificate_errors_total",
          new Counter(
              "GWC-11", Severity.WARNING, "certificates of gateways that it could not give out"),
          "sidecar_injection_failure_total",
          new Counter("CP-13", Severity.WARNING, "pods that it could not put a proxy into"),
          "pilot_jwks_resolver_network_fetch_fail_total",
          new Counter("CP-19", Severity.WARNING, "fetches of public keys that failed"),
          "webhook_patch_failures_total",
          new Counter("CP-12", Severity.INFO, "failures to write the CA bundle into a webhook"));

  private record Total(double value, Sample first) {
    Total plus(Total other) {
      return new Total(value + other.value, first);
    }
  }

  @Override
  public List<Observation> analyze(Mesh mesh) {
    List<Observation> observations = new ArrayList<>();
    for (var answer : mesh.answers(ISTIOD_METRICS)) {
      mesh.read(answer, ControlPlaneErrors::totals)
          .ifPresent(
              totals ->
                  totals.forEach(
                      (name, total) -> {
                        var counter = COUNTERS.get(name);
                        if (counter != null) {
                          observations.add(observation(answer, name, counter, total));
                        }
                      }));
    }
    return observations;
  }

  private static Topic topic(String code) {
    return switch (code) {
      case "CA-05" -> Topic.SIGNING;
      case "GWC-11" -> Topic.GATEWAY_CERTIFICATES;
      case "CP-19" -> Topic.KEYS;
      default -> Topic.WEBHOOKS;
    };
  }

  /// The counters that are above zero, each over all of its labels.
  private static Map<String, Total> totals(Answer answer) throws IOException {
    Map<String, Total> totals = new LinkedHashMap<>();
    Sample.read(
        answer,
        sample -> {
          if (COUNTERS.containsKey(sample.name()) && sample.value() > 0) {
            totals.merge(sample.name(), new Total(sample.value(), sample), Total::plus);
          }
        });
    return totals;
  }

  private static Observation observation(Answer answer, String name, Counter counter, Total total) {
    var labels = total.first().labels();
    return Observation.of(
            answer.pod(),
            total.first().location(),
            "istiod counts %.0f %s (%s%s)."
                .formatted(
                    total.value(), counter.what(), name, labels.isEmpty() ? "" : " " + labels))
        .code(counter.code())
        .tie(Ties.topic(topic(counter.code()), answer.from().cluster()))
        .severity(counter.severity());
  }
}
