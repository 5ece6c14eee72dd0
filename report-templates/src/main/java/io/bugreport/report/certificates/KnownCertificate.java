package io.bugreport.report.certificates;

import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/// A certificate without its key.
///
/// @param holder what holds it, such as `Secret istio-system/cert`
/// @param role `workload`, `root`, or what a summary says of itself
/// @param subject its names
/// @param until when it ends; empty where nothing says so
public record KnownCertificate(
    String cluster,
    String namespace,
    String holder,
    String role,
    String subject,
    String issuer,
    String serial,
    Optional<Instant> until) {
  /// What ends first comes first.
  public static final Comparator<KnownCertificate> ORDER =
      Comparator.comparing(
              (KnownCertificate certificate) -> certificate.until().orElse(Instant.MAX))
          .thenComparing(KnownCertificate::cluster)
          .thenComparing(KnownCertificate::namespace)
          .thenComparing(KnownCertificate::holder)
          .thenComparing(KnownCertificate::role)
          .thenComparing(KnownCertificate::serial);
}
