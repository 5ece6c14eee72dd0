package io.bugreport.analyzers.logs;

import static io.bugreport.model.finding.Severity.CRITICAL;
import static io.bugreport.model.finding.Severity.ERROR;
import static io.bugreport.model.finding.Severity.WARNING;

import io.bugreport.model.check.Check;
import io.bugreport.model.check.LogAnalyzer;
import io.bugreport.model.check.Mesh;
import io.bugreport.model.check.Observation;
import io.bugreport.model.check.Source;
import io.bugreport.model.finding.Severity;
import io.bugreport.model.log.LogLine;
import io.bugreport.model.log.LogPattern;
import java.util.List;
import java.util.Optional;

/// istiod says in its log what it cannot do. Each kind of line is counted for each istiod:
///
/// - `CP-01`: a proxy rejected what istiod sent. The line holds Envoy's reason.
/// - `CP-04`: too many proxies connect at once, and istiod puts them off.
/// - `CP-05`: a proxy could not prove who it is: its token or its trust domain is not accepted.
/// - `CP-07`: a piece of configuration, mostly an `EnvoyFilter`, made istiod fail.
/// - `MC-12`: another cluster of the mesh could not be read, or its gateway not be used.
/// - `CA-01`: certificates are signed through the Kubernetes CSR API, and no signer does it.
/// - `CA-05`: istiod could not sign the certificate of a workload.
/// - `CP-12`: istiod could not write its CA into a webhook.
/// - `CP-13`: istiod could not put a proxy into a pod.
/// - `CP-14`: istiod could not give a gateway the certificate that it asked for.
/// - `CP-19`: istiod could not fetch the keys that a `RequestAuthentication` names.
///
/// A line may be of a trouble that is over, so its time is given. Where the last one is more than
/// an hour old, or there are but a few of a kind that is normal while a mesh starts, it is a remark
/// only.
///
/// ## Fix
///
/// Read the lines around it:
///
/// ```sh
/// kubectl -n istio-system logs deploy/istiod --since=1h | grep -E 'error|warn'
/// ```
///
/// Where another check names an object for the same trouble, begin there.
@Check(
    codes = {
      "CP-01", "CP-04", "CP-05", "CP-07", "MC-12", "CA-01", "CA-05", "CP-12", "CP-13", "CP-14",
      "CP-19"
    },
    title = "Errors in istiod's log",
    severity = Severity.ERROR,
    sources = Source.ISTIOD_LOG,
    follows = {"*", "ENV-01", "ENV-02", "CA-07"})
public final class ControlPlaneLog implements LogAnalyzer {
  private static final List<Sign> SIGNS =
      List.of(
          Sign.of("CP-01", WARNING, "A proxy rejected what istiod sent", ": ACK ERROR "),
          Sign.of("CP-04", WARNING, "istiod puts proxies off that connect", "exceeded rate limit")
              .repeated(),
          Sign.of(
                  "CP-05",
                  ERROR,
                  "istiod refuses proxies that cannot prove who they are",
                  "Unauthorized XDS",
                  "Failed to authenticate client",
                  "impersonation failed")
              .repeated(),
          Sign.of(
              "CP-07",
              CRITICAL,
              "Configuration made istiod fail",
              "patch caused panic",
              "panic: ",
              "fatal error: "),
          Sign.of(
              "MC-12",
              ERROR,
              "Another cluster of the mesh cannot be used",
              "failed to sync after",
              "has no reachable E/W gateway",
              "is labeled as gateway, but does not listen",
              "initial sync timed out"),
          Sign.of(
              "CA-01",
              ERROR,
              "Signing through the Kubernetes CSR API fails",
              "failed to approve CSR",
              "timeout when watching CSR"),
          new Sign(
              "CA-05",
              ERROR,
              "istiod cannot sign certificates",
              1,
              new LogPattern("CA-05", ControlPlaneLog::unsigned)),
          Sign.of(
                  "CP-12",
                  WARNING,
                  "istiod could not write its CA into a webhook",
                  "Not ready to switch validation to fail-closed",
                  "Failed to update validatingwebhookconfiguration")
              .repeated(),
          Sign.of(
              "CP-13",
              ERROR,
              "istiod could not put a proxy into a pod",
              "failed to run injection template",
              "failed to inject"),
          Sign.of(
              "CP-14",
              ERROR,
              "istiod could not give a gateway its certificate",
              "failed to fetch key and certificate for",
              "failed to fetch ca certificate for",
              "found secret, but didn't have expected keys",
              "attempted to access unauthorized certificates"),
          Sign.of(
              "CP-19",
              WARNING,
              "istiod could not fetch public keys",
              "Failed to fetch public key"));

  /// Errors of signing, but for those of the CSR API.
  private static Optional<String> unsigned(LogLine line) {
    var text = line.text();
    return text.contains("CSR signing error")
            && !text.contains("failed to approve CSR")
            && !text.contains("timeout when watching CSR")
        ? Optional.of("CSR signing error")
        : Optional.empty();
  }

  @Override
  public List<LogPattern> patterns() {
    return Sign.patterns(SIGNS);
  }

  @Override
  public List<Observation> analyze(Mesh mesh) {
    return Sign.observed(mesh, SIGNS);
  }
}
