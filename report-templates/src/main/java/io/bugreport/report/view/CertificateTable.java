package io.bugreport.report.view;

import io.bugreport.report.certificates.KnownCertificate;
import io.bugreport.report.view.Table.Cell;
import io.bugreport.report.view.Table.Column;
import io.bugreport.report.view.Table.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Every certificate, what ends first in front.
final class CertificateTable {
  private static final Duration SOON = Duration.ofDays(7);

  private CertificateTable() {}

  static Table of(List<KnownCertificate> certificates, Instant now, List<String> notes) {
    return new Table(
        "certificates",
        "Certificates, what ends first in front",
        List.of(
            Column.text("Valid until (UTC)"),
            Column.text("Cluster"),
            Column.text("Held by"),
            Column.text("Role"),
            Column.text("Subject"),
            Column.text("Issuer"),
            Column.text("Serial")),
        certificates.stream().map(certificate -> row(certificate, now)).toList(),
        notes,
        "No certificate was collected.");
  }

  private static Row row(KnownCertificate certificate, Instant now) {
    return new Row(
        certificate.namespace(),
        List.of(
            until(certificate, now),
            Cell.name(certificate.cluster()),
            Cell.name(certificate.holder()),
            Cell.of(certificate.role()),
            Cell.name(certificate.subject()),
            Cell.of(certificate.issuer()),
            Cell.name(certificate.serial())));
  }

  /// Workload certificates live for a day and are renewed by themselves; what ends soon is marked
  /// only where nothing renews it.
  private static Cell until(KnownCertificate certificate, Instant now) {
    if (certificate.until().isEmpty()) {
      return Cell.marked("unknown", Tone.UNKNOWN);
    }
    var until = certificate.until().get();
    if (until.isBefore(now)) {
      return Cell.marked(Wording.time(until) + ", expired", Tone.ERROR);
    }
    var soon = until.isBefore(now.plus(SOON)) && !certificate.role().equals("workload");
    return soon
        ? Cell.marked(Wording.time(until) + ", soon", Tone.WARNING)
        : Cell.of(Wording.time(until));
  }
}
