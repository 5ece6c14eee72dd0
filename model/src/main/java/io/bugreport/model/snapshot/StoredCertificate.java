package io.bugreport.model.snapshot;

import io.bugreport.model.archive.ArchiveReader;
import io.bugreport.model.archive.Layout;
import io.bugreport.model.resource.DocumentReader;
import io.bugreport.model.resource.Field;
import io.bugreport.model.resource.Location;
import io.bugreport.model.resource.ResourceId;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A certificate in a Secret or ConfigMap, as the collector summed it up before redaction.
///
/// @param holder the Secret or ConfigMap
/// @param entry which of its entries, such as `tls.crt`
/// @param position its place in a chain, from 0
/// @param subject as RFC 2253 writes it
/// @param serial hexadecimal
/// @param names its subject alternative names of all kinds
/// @param sha256 of its DER, hexadecimal
/// @param keyMatches whether the private key beside it belongs to it; empty where there is none
/// @param location where `certificates.json` tells of it
public record StoredCertificate(
    ResourceId holder,
    String entry,
    int position,
    String subject,
    String issuer,
    String serial,
    Instant from,
    Instant until,
    List<String> names,
    boolean isAuthority,
    String sha256,
    Optional<Boolean> keyMatches,
    Location location) {

  public StoredCertificate {
    names = List.copyOf(names);
  }

  /// Reads those of a cluster. What is no summary is passed over.
  ///
  /// @return none where the archive has no such file
  static List<StoredCertificate> read(ArchiveReader archive, String cluster) throws IOException {
    var path = Layout.certificates(cluster);
    List<StoredCertificate> certificates = new ArrayList<>();
    if (archive.has(path)) {
      try (var in = archive.open(path)) {
        DocumentReader.read(
            path,
            in,
            node ->
                new Field(path, "", node)
                    .fields("certificates.*")
                    .forEach(summary -> of(cluster, summary).ifPresent(certificates::add)));
      }
    }
    return certificates;
  }

  private static Optional<StoredCertificate> of(String cluster, Field summary) {
    try {
      return Optional.of(
          new StoredCertificate(
              new ResourceId(
                  cluster,
                  "",
                  summary.text("kind"),
                  summary.text("namespace"),
                  summary.text("name")),
              summary.text("entry"),
              summary.field("position").flatMap(Field::number).orElse(0),
              summary.text("subject"),
              summary.text("issuer"),
              summary.text("serial"),
              Instant.parse(summary.text("notBefore")),
              Instant.parse(summary.text("notAfter")),
              summary.fields("names.*").stream().map(Field::text).toList(),
              summary.text("isCA").equals("true"),
              summary.text("sha256"),
              summary.field("keyMatches").map(m -> m.text().equals("true")),
              summary.location()));
    } catch (DateTimeException _) {
      return Optional.empty(); // an archive is hostile input
    }
  }

  /// Whether it is the one that a server presents first, not one of its issuers.
  public boolean isLeaf() {
    return position == 0;
  }
}
