package io.bugreport.analyzers.certificates;

import static io.bugreport.model.endpoint.Endpoint.ENVOY_CERTS;

import io.bugreport.model.check.Analyzer;
import io.bugreport.model.check.Check;
import io.bugreport.model.check.Mesh;
import io.bugreport.model.check.Observation;
import io.bugreport.model.envoy.ProxyCertificate;
import io.bugreport.model.envoy.ProxyCertificate.Role;
import io.bugreport.model.finding.Severity;
import io.bugreport.model.resource.ResourceId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A certificate that a proxy uses has expired, or is about to.
///
/// The proxy's own: agents renew it at half of its life, which is a day by default. With less than
/// a tenth left, renewal has been failing for hours, and when it expires every mutual-TLS
/// connection of this workload is refused. What a gateway presents to the outside is held to the
/// same measure.
///
/// The authorities it trusts: with an expired root no proxy accepts any other, in the whole mesh.
/// They are reported from 30 days before their end, as errors from 7 days before.
///
/// ## Fix
///
/// Ask the agent why it gets no new certificate, and istiod why it signs none:
///
/// ```sh
/// kubectl -n NAMESPACE logs POD -c istio-proxy --since=24h | grep -iE 'certificate|csr|citadel'
/// kubectl -n istio-system logs deployment/istiod --since=24h | grep -iE 'csr|serverca'
/// istioctl proxy-config secret POD.NAMESPACE
/// ```
///
/// Until it is solved, a restart asks anew: `kubectl -n NAMESPACE delete pod POD`.
///
/// An authority is replaced while the old one is still valid: put a new intermediate or root into
/// the Secret `cacerts` beside istiod, with both roots in `root-cert.pem`, and restart istiod, then
/// the workloads. A gateway's certificate is renewed in the Secret that its `credentialName` names.
@Check(
    codes = "CA-06",
    title = "Proxy certificate near its expiry",
    severity = Severity.ERROR,
    endpoints = ENVOY_CERTS,
    follows = "root-certificate-expiry")
public final class ProxyCertificateExpiry implements Analyzer {

  /// An authority that proxies trust; all of them show the same one.
  private record Authority(String cluster, String serial) {}

  @Override
  public List<Observation> analyze(Mesh mesh) {
    List<Observation> observations = new ArrayList<>();
    Map<Authority, Observation> authorities = new LinkedHashMap<>();
    for (var answer : mesh.answers(ENVOY_CERTS)) {
      var seen = new HashSet<String>();
      for (var certificate : mesh.read(answer, ProxyCertificate::read).orElse(List.of())) {
        if (seen.add(certificate.role() + certificate.serial())) {
          if (certificate.role() == Role.TRUSTED) {
            addAuthority(answer.pod(), certificate, mesh, authorities);
          } else {
            addOwn(answer.pod(), certificate, mesh, observations);
          }
        }
      }
    }
    observations.addAll(authorities.values());
    return observations;
  }

  private static void addOwn(
      ResourceId pod, ProxyCertificate certificate, Mesh mesh, List<Observation> observations) {
    var now = mesh.collectedAt();
    Expiry.ofProxy(certificate.from(), certificate.until(), now)
        .ifPresent(
            severity ->
                observations.add(
                    Observation.of(pod, certificate.location(), ownMessage(certificate, mesh))
                        .severity(severity)));
  }

  private static String ownMessage(ProxyCertificate certificate, Mesh mesh) {
    var names = certificate.names().isEmpty() ? "" : " for " + certificate.names().getFirst();
    var message =
        "The proxy's certificate%s %s."
            .formatted(names, Expiry.text(certificate.until(), mesh.collectedAt()));
    return isWorkload(certificate)
        ? message
            + " Rotation has been stalled since "
            + certificate.from().plus(certificate.lifetime().dividedBy(2))
            + "."
        : message;
  }

  private static boolean isWorkload(ProxyCertificate certificate) {
    return certificate.names().stream().anyMatch(name -> name.startsWith("spiffe://"));
  }

  private static void addAuthority(
      ResourceId pod,
      ProxyCertificate certificate,
      Mesh mesh,
      Map<Authority, Observation> authorities) {
    var now = mesh.collectedAt();
    Expiry.ofAuthority(certificate.until(), now)
        .ifPresent(
            severity ->
                authorities.merge(
                    new Authority(pod.cluster(), certificate.serial()),
                    Observation.of(
                            pod,
                            certificate.location(),
                            "The authority with serial number %s, which proxies trust, %s."
                                .formatted(
                                    certificate.serial(), Expiry.text(certificate.until(), now)))
                        .severity(severity)
                        .tie(Expiry.tie(pod.cluster(), certificate.serial())),
                    (known, _) -> known.with(pod)));
  }
}
