package io.bugreport.analyzers.certificates;

import static io.bugreport.model.resource.ResourceKind.CONFIG_MAP;

import io.bugreport.model.check.Analyzer;
import io.bugreport.model.check.Check;
import io.bugreport.model.check.Mesh;
import io.bugreport.model.check.Observation;
import io.bugreport.model.check.Source;
import io.bugreport.model.finding.Severity;
import io.bugreport.model.resource.Field;
import io.bugreport.model.resource.Resource;
import io.bugreport.model.snapshot.StoredCertificate;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The mesh's root certificate, which istiod writes into the ConfigMap `istio-ca-root-cert` of
/// every namespace, has expired or is about to. Once it has, no proxy accepts any other proxy, nor
/// istiod: all mutual-TLS traffic of the mesh stops, and new proxies get no configuration.
///
/// So is the certificate that istiod signs with, and its issuers, in the Secrets `cacerts` and
/// `istio-ca-secret`: once it has expired, certificates that are signed with it are worth nothing.
/// It is seen by the summaries of certificates that archives have.
///
/// It is reported from 30 days before its end, as an error from 7 days before. A ConfigMap without
/// a certificate that can be read is an error too: pods of its namespace cannot connect to istiod.
///
/// ## Fix
///
/// See what istiod signs with, and until when:
///
/// ```sh
/// kubectl -n istio-system get configmap istio-ca-root-cert -o jsonpath='{.data.root-cert\.pem}' \
///   | openssl x509 -noout -subject -enddate
/// kubectl -n istio-system get secret cacerts istio-ca-secret --ignore-not-found
/// ```
///
/// Replace the root while the old one is still valid: trust both first (`root-cert.pem` of
/// `cacerts` with the new root appended), restart istiod and all workloads, then sign with the new
/// one, and remove the old one last.
@Check(
    codes = "CA-06",
    title = "Root certificate of the mesh near its expiry",
    severity = Severity.CRITICAL,
    resources = CONFIG_MAP,
    sources = Source.CERTIFICATES)
public final class RootCertificateExpiry implements Analyzer {
  private static final String NAME = "istio-ca-root-cert";
  private static final String KEY = "root-cert.pem";

  private static final Set<String> SIGNING = Set.of("cacerts", "istio-ca-secret");

  private record Root(String cluster, String issuer, String serial) {}

  @Override
  public List<Observation> analyze(Mesh mesh) throws IOException {
    Map<Root, Observation> roots = new LinkedHashMap<>();
    List<Observation> unreadable = new ArrayList<>();
    for (var map : mesh.all(CONFIG_MAP)) {
      var pem = map.field("data").flatMap(data -> data.named(KEY));
      if (!map.name().equals(NAME) || pem.isEmpty()) {
        continue;
      }
      var certificates = certificates(pem.get());
      if (certificates.isEmpty()) {
        unreadable.add(
            Observation.of(map, pem.get(), KEY + " holds no certificate that can be read.")
                .severity(Severity.ERROR));
      }
      for (var certificate : certificates) {
        add(map, pem.get(), certificate, mesh.collectedAt(), roots);
      }
    }
    for (var stored : mesh.certificates()) {
      if (stored.holder().kind().equals("Secret") && SIGNING.contains(stored.holder().name())) {
        addStored(stored, mesh.collectedAt(), roots);
      }
    }
    unreadable.addAll(roots.values());
    return unreadable;
  }

  private static void addStored(
      StoredCertificate stored, Instant now, Map<Root, Observation> roots) {
    Expiry.ofAuthority(stored.until(), now)
        .ifPresent(
            severity ->
                roots.merge(
                    new Root(stored.holder().cluster(), stored.issuer(), stored.serial()),
                    Observation.of(
                            stored.holder(),
                            stored.location(),
                            "The certificate %s in %s of the Secret %s, which istiod signs with, %s."
                                .formatted(
                                    stored.subject(),
                                    stored.entry(),
                                    stored.holder().name(),
                                    Expiry.text(stored.until(), now)))
                        .severity(severity)
                        .tie(Expiry.tie(stored.holder().cluster(), stored.serial())),
                    (known, _) ->
                        known.resource().equals(stored.holder())
                            ? known
                            : known.with(stored.holder())));
  }

  private static void add(
      Resource map,
      Field pem,
      X509Certificate certificate,
      Instant now,
      Map<Root, Observation> roots) {
    var until = certificate.getNotAfter().toInstant();
    Expiry.ofAuthority(until, now)
        .ifPresent(
            severity ->
                roots.merge(
                    new Root(
                        map.id().cluster(),
                        certificate.getIssuerX500Principal().getName(),
                        certificate.getSerialNumber().toString(16)),
                    Observation.of(
                            map,
                            pem,
                            "The root certificate %s %s."
                                .formatted(
                                    certificate.getSubjectX500Principal().getName(),
                                    Expiry.text(until, now)))
                        .severity(severity)
                        .tie(
                            Expiry.tie(
                                map.id().cluster(), certificate.getSerialNumber().toString(16))),
                    (known, _) -> known.with(map.id())));
  }

  /// The certificates of a PEM text; none where one of them cannot be read.
  private static List<X509Certificate> certificates(Field pem) {
    List<X509Certificate> certificates = new ArrayList<>();
    try {
      var in = new ByteArrayInputStream(pem.text().getBytes(StandardCharsets.US_ASCII));
      for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        if (certificate instanceof X509Certificate x509) {
          certificates.add(x509);
        }
      }
    } catch (CertificateException _) {
      return List.of();
    }
    return certificates;
  }
}
