package io.bugreport.report.certificates;

import io.bugreport.model.archive.Layout;
import io.bugreport.model.endpoint.Endpoint;
import io.bugreport.model.resource.Field;
import io.bugreport.model.snapshot.Answer;
import io.bugreport.model.snapshot.Cluster;
import io.bugreport.model.snapshot.Snapshot;
import io.bugreport.report.mesh.Reading;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads the certificates of a snapshot: what Envoys answer at `/certs`, and `certificates.json` of
/// each cluster, which tells of secrets whose keys never reach the disk.
public final class KnownCertificates {
  private final List<KnownCertificate> all = new ArrayList<>();

  private KnownCertificates() {}

  /// All of them, what ends first in front.
  public static List<KnownCertificate> of(Snapshot snapshot, Reading reading) {
    var known = new KnownCertificates();
    for (var cluster : snapshot.clusters()) {
      for (var answer : cluster.answers(Endpoint.ENVOY_CERTS)) {
        reading.document(answer).ifPresent(document -> known.add(answer, document));
      }
      reading
          .document(snapshot, Layout.cluster(cluster.name()) + "certificates.json")
          .ifPresent(document -> known.add(cluster, document));
    }
    // Envoy lists one certificate again for each of its uses.
    return known.all.stream().distinct().sorted(KnownCertificate.ORDER).toList();
  }

  private void add(Answer answer, Field document) {
    for (var certificate : document.fields("certificates.*")) {
      for (var chain : certificate.fields("cert_chain.*")) {
        all.add(ofProxy(answer, chain, "workload"));
      }
      for (var root : certificate.fields("ca_cert.*")) {
        all.add(ofProxy(answer, root, "root"));
      }
    }
  }

  private static KnownCertificate ofProxy(Answer answer, Field certificate, String role) {
    var names = certificate.fields("subject_alt_names.*.uri").stream().map(Field::text).toList();
    return new KnownCertificate(
        answer.from().cluster(),
        answer.from().namespace(),
        "Proxy " + answer.from().namespace() + "/" + answer.from().pod(),
        role,
        String.join(", ", names),
        "",
        certificate.text("serial_number"),
        instant(certificate.text("expiration_time")));
  }

  private void add(Cluster cluster, Field document) {
    var listed = document.fields("certificates.*");
    for (var entry : listed.isEmpty() ? document.children() : listed) {
      var namespace = entry.text("namespace");
      var name = entry.text("name");
      var until = first(entry, "notAfter", "expires");
      if (name.isEmpty() && until.isEmpty()) {
        continue;
      }
      all.add(
          new KnownCertificate(
              cluster.name(),
              namespace,
              (entry.text("kind").isEmpty() ? "Secret" : entry.text("kind"))
                  + " "
                  + (namespace.isEmpty() ? name : namespace + "/" + name),
              first(entry, "key", "role", "type"),
              entry.text("subject"),
              entry.text("issuer"),
              first(entry, "serial", "serialNumber"),
              instant(until)));
    }
  }

  private static String first(Field entry, String... names) {
    for (var name : names) {
      if (!entry.text(name).isEmpty()) {
        return entry.text(name);
      }
    }
    return "";
  }

  private static Optional<Instant> instant(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeParseException _) {
      return Optional.empty();
    }
  }
}
