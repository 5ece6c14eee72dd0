package io.bugreport.analyzers.routing;

import static io.bugreport.model.resource.ResourceKind.DESTINATION_RULE;

import io.bugreport.model.check.Analyzer;
import io.bugreport.model.check.Check;
import io.bugreport.model.check.Mesh;
import io.bugreport.model.check.Observation;
import io.bugreport.model.finding.Severity;
import io.bugreport.model.resource.Field;
import io.bugreport.model.resource.Resource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// A `DestinationRule` makes proxies open TLS (`SIMPLE` or `MUTUAL`) and does not say which
/// authority the server's certificate has to come from. Recent versions of Istio then fall back to
/// the authorities of the proxy's image; older ones accept any certificate, so that anyone in
/// between can pose as the server. A server with a certificate of a private authority is refused by
/// recent ones.
///
/// IST0128 is the rule as a whole, IST0129 one of its ports. Rules with a `credentialName` and a
/// `workloadSelector` take the authority from that Secret. A rule for a port that says
/// `insecureSkipVerify` has chosen not to check, and is left alone.
///
/// ## Fix
///
/// Name the authority, and the names that the server may have:
///
/// ```yaml
/// trafficPolicy:
///   tls:
///     mode: SIMPLE
///     caCertificates: /etc/ssl/certs/ca-certificates.crt
///     subjectAltNames: [db.example.com]
/// ```
@Check(
    codes = {"IST0128", "IST0129"},
    title = "TLS to a server whose certificate has no stated authority",
    severity = Severity.WARNING,
    resources = DESTINATION_RULE,
    istioctlAnalyzer = "destinationrule.CaCertificateAnalyzer")
public final class UnverifiedServerCertificate implements Analyzer {
  private static final Set<String> MODES = Set.of("SIMPLE", "MUTUAL");

  @Override
  public List<Observation> analyze(Mesh mesh) throws IOException {
    List<Observation> observations = new ArrayList<>();
    for (var rule : mesh.all(DESTINATION_RULE)) {
      rule.field("spec.trafficPolicy.tls")
          .filter(tls -> isUnverified(rule, tls))
          .ifPresent(tls -> observations.add(observation(rule, tls, "")));
      for (var port : rule.fields("spec.trafficPolicy.portLevelSettings.*")) {
        port.named("tls")
            .filter(tls -> isUnverified(rule, tls))
            .ifPresent(
                tls ->
                    observations.add(
                        observation(rule, tls, "port " + port.text("port.number") + " of ")
                            .code("IST0129")));
      }
    }
    return observations;
  }

  private static boolean isUnverified(Resource rule, Field tls) {
    return MODES.contains(tls.text("mode"))
        && tls.text("caCertificates").isEmpty()
        && !tls.text("insecureSkipVerify").equals("true")
        && (tls.text("credentialName").isEmpty() || rule.field("spec.workloadSelector").isEmpty());
  }

  private static Observation observation(Resource rule, Field tls, String port) {
    return Observation.of(
        rule,
        tls.named("mode").orElse(tls),
        "TLS %s to %s%s names no caCertificates."
            .formatted(tls.text("mode"), port, rule.text("spec.host")));
  }
}
