package io.bugreport.app.collect;

import static org.assertj.core.api.Assertions.assertThat;

import io.bugreport.app.serve.ReplayOptions;
import io.bugreport.app.serve.ReplayServer;
import io.bugreport.app.synthetic.Samples;
import io.bugreport.collector.CollectionOptions;
import io.bugreport.collector.engine.Progress;
import io.bugreport.model.archive.ArchiveFormat;
import io.bugreport.model.check.CheckCatalogue;
import io.bugreport.model.finding.Finding;
import io.bugreport.model.snapshot.Snapshot;
import io.bugreport.model.snapshot.StoredCertificate;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Mesh → serve → collect with redaction → analyze: what checks need to know of Secrets is still
/// there, and their values are not.
class CertificateEvidenceTest {
  private static final CheckCatalogue CHECKS =
      CheckCatalogue.load(CertificateEvidenceTest.class.getClassLoader());

  @TempDir private Path folder;

  @Test
  void aKeyOfAnotherCertificateIsToldThoughItIsRedacted() throws Exception {
    var certificate = sampleCertificate();
    var key = KeyPairGenerator.getInstance("EC").generateKeyPair().getPrivate().getEncoded();
    var result = collect(withSecrets(certificate, pem(key)));

    try (var snapshot = Snapshot.open(result.archive(), Instant.EPOCH)) {
      var cluster = snapshot.clusters().getFirst();
      assertThat(cluster.certificates())
          .filteredOn(c -> c.holder().name().equals("mixed-up"))
          .as("certificates.json after redaction")
          .first()
          .returns(false, c -> c.keyMatches().orElse(true))
          .returns(0, StoredCertificate::position);
      assertThat(cluster.files())
          .as("Helm's releases after redaction")
          .anyMatch(path -> path.contains("/helm/"));
    }
    assertThat(result.diagnosis().findings())
        .extracting(Finding::code)
        .contains("GWC-04", "IST0161");
    assertThat(result.diagnosis().findings())
        .filteredOn(f -> f.code().equals("IST0161") && f.resource().name().equals("mixed-up"))
        .as("it follows from the key")
        .isNotEmpty()
        .allMatch(f -> f.group() != null);
  }

  private static String sampleCertificate() throws Exception {
    try (var in =
        CertificateEvidenceTest.class.getResourceAsStream(
            "/io/bugreport/app/synthetic/certificates/gateway.pem")) {
      if (in == null) {
        throw new IllegalStateException("the synthetic mesh has no certificate of its gateway");
      }
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
    }
  }

  private static String pem(byte[] key) {
    var name = "PRIVATE" + " KEY";
    return "-----BEGIN "
        + name
        + "-----\n"
        + Base64.getMimeEncoder().encodeToString(key)
        + "\n-----END "
        + name
        + "-----\n";
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String release() throws Exception {
    var zipped = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(zipped)) {
      out.write(
          """
          {"name":"canary","namespace":"istio-system","version":1,"info":{"status":"deployed"},
           "chart":{"metadata":{"name":"istiod","version":"1.30.1"}},"config":{}}
          """
              .getBytes(StandardCharsets.UTF_8));
    }
    return base64(Base64.getEncoder().encodeToString(zipped.toByteArray()));
  }

  /// The healthy sample with one gateway more, whose Secret has a key that is not its own.
  private Path withSecrets(String certificate, String key) throws Exception {
    var target = folder.resolve("mesh");
    Samples.write("bookinfo", target);
    String cluster;
    try (var snapshot = Snapshot.open(target, Instant.EPOCH)) {
      cluster = snapshot.clusters().getFirst().name();
    }
    var namespaces = target.resolve("clusters").resolve(cluster).resolve("namespaces");
    var secrets = namespaces.resolve("istio-system/core/secrets");
    Files.createDirectories(secrets);
    Files.writeString(
        secrets.resolve("mixed-up.yaml"),
        """
        apiVersion: v1
        kind: Secret
        metadata: {name: mixed-up, namespace: istio-system}
        type: kubernetes.io/tls
        data: {tls.crt: %s, tls.key: %s}
        """
            .formatted(base64(certificate), base64(key)));
    Files.writeString(
        secrets.resolve("sh.helm.release.v1.canary.v1.yaml"),
        """
        apiVersion: v1
        kind: Secret
        metadata:
          name: sh.helm.release.v1.canary.v1
          namespace: istio-system
          labels: {owner: helm, name: canary, status: deployed, version: "1"}
        type: helm.sh/release.v1
        data: {release: %s}
        """
            .formatted(release()));
    var gateways = namespaces.resolve("bookinfo/networking.istio.io/gateways");
    Files.createDirectories(gateways);
    Files.writeString(
        gateways.resolve("mixed-up.yaml"),
        """
        apiVersion: networking.istio.io/v1
        kind: Gateway
        metadata: {name: mixed-up, namespace: bookinfo}
        spec:
          selector: {istio: ingressgateway}
          servers:
          - port: {number: 8443, name: https, protocol: HTTPS}
            hosts: ["mixed-up.example"]
            tls: {mode: SIMPLE, credentialName: mixed-up}
        """);
    return target;
  }

  private Result collect(Path archive) throws Exception {
    try (var snapshot = Snapshot.open(archive, Instant.EPOCH);
        var server = ReplayServer.start(snapshot, ReplayOptions.standard())) {
      var request =
          new Pipeline.Request(
              new Contexts(server.kubeconfig()).all(),
              CollectionOptions.defaults(),
              Files.createDirectory(folder.resolve("out")),
              ArchiveFormat.TAR_GZ,
              "test",
              List.of("collect"),
              false);
      var time = snapshot.manifest().finished();
      return new Pipeline(request, CHECKS, Progress.none(), () -> time).run();
    }
  }
}
