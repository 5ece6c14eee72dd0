package io.bugreport.analyzers.logs;

import static io.bugreport.model.finding.Severity.ERROR;
import static io.bugreport.model.finding.Severity.WARNING;

import io.bugreport.model.check.Check;
import io.bugreport.model.check.LogAnalyzer;
import io.bugreport.model.check.Mesh;
import io.bugreport.model.check.Observation;
import io.bugreport.model.check.Source;
import io.bugreport.model.finding.Severity;
import io.bugreport.model.log.LogPattern;
import java.util.List;

/// The agent beside an Envoy says in its log what keeps the proxy from working: it gets no
/// certificate, its token is missing or has expired, it cannot reach istiod, or Envoy died.
///
/// Without a certificate and without istiod a proxy does not become ready, and a running one goes
/// on with what it has until its certificate expires. While a pod starts the first attempts may
/// fail; fewer than three lines, or lines that are more than an hour old, are remarks only.
///
/// ## Fix
///
/// Read the agent's log, and see whether istiod can be reached from the pod:
///
/// ```sh
/// kubectl -n NAMESPACE logs POD -c istio-proxy --since=1h | grep -E 'error|warn'
/// kubectl -n istio-system get endpointslices -l kubernetes.io/service-name=istiod
/// ```
///
/// A token that has expired is one that the kubelet did not renew; a pod that is created anew gets
/// a new one. Where certificates are not signed, istiod's log has the reason.
@Check(
    codes = "CP-17",
    title = "Errors in the log of a proxy's agent",
    severity = Severity.ERROR,
    sources = Source.PROXY_LOG,
    follows = {"*", "CA-01", "CA-02", "CA-05", "CA-06", "CP-05", "ENV-26"})
public final class AgentLog implements LogAnalyzer {
  private static final List<Sign> SIGNS =
      List.of(
          Sign.of(
                  "CP-17",
                  ERROR,
                  "The agent gets no certificate",
                  "failed to warm certificate",
                  "ca request failed",
                  "failed to sign: create certificate")
              .repeated(),
          Sign.of(
              "CP-17",
              ERROR,
              "The agent has no valid token",
              "failed to fetch token from file",
              "service account token is expired",
              "cert expired, using token instead"),
          Sign.of(
                  "CP-17",
                  WARNING,
                  "The agent could not reach istiod",
                  "failed to connect to upstream")
              .repeated(),
          Sign.of(
              "CP-17",
              ERROR,
              "Envoy died",
              "Envoy may have been out of memory killed",
              "Envoy exited with error"));

  @Override
  public List<LogPattern> patterns() {
    return Sign.patterns(SIGNS);
  }

  @Override
  public List<Observation> analyze(Mesh mesh) {
    return Sign.observed(mesh, SIGNS);
  }
}
