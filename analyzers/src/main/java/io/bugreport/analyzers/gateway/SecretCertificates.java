package io.bugreport.analyzers.gateway;

import io.bugreport.model.check.Mesh;
import io.bugreport.model.resource.ResourceId;
import io.bugreport.model.snapshot.StoredCertificate;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The certificates that gateways serve with, of Secrets whose values were redacted: as the
/// collector saw them.
final class SecretCertificates {
  /// The entries that hold a server's certificate: what Kubernetes calls it, and what Istio took
  /// before.
  private static final Set<String> ENTRIES = Set.of("tls.crt", "cert");

  private final Map<ResourceId, StoredCertificate> bySecret = new HashMap<>();
  private final Set<String> seen = new HashSet<>();

  SecretCertificates(Mesh mesh) throws IOException {
    for (var certificate : mesh.certificates()) {
      if (certificate.holder().kind().equals("Secret")) {
        seen.add(certificate.holder().cluster());
        if (certificate.isLeaf() && ENTRIES.contains(certificate.entry())) {
          bySecret.merge(
              certificate.holder(),
              certificate,
              (one, other) -> one.entry().equals("tls.crt") ? one : other);
        }
      }
    }
  }

  /// The certificate that a Secret has for a server.
  Optional<StoredCertificate> of(ResourceId secret) {
    return Optional.ofNullable(bySecret.get(secret));
  }

  /// Whether the collector saw the values of a cluster's Secrets. What it then found no certificate
  /// in has none; a snapshot that was served again shows it redacted values only.
  boolean sawSecretsOf(String cluster) {
    return seen.contains(cluster);
  }
}
