package io.bugreport.collector;

import static io.bugreport.collector.TestServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.bugreport.model.snapshot.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is computed while objects pass: certificates, Helm releases, signing requests.
@Timeout(60)
class PassingEvidenceTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC", "Ed25519"})
  void aCertificateIsSummarizedAndItsKeyOnlyCompared(String algorithm) throws Exception {
    var right = KeyPairOnDisk.make(folder, "right", algorithm);
    var other = KeyPairOnDisk.make(folder, "other", algorithm);
    try (var run = new TestRun(folder)) {
      run.server()
          .onCore(
              "secrets",
              secret("good", right.key(), right.certificate()),
              secret("mixed", other.key(), right.certificate()));

      var items = run.collect();

      var text = run.text("clusters/c/certificates.json");
      assertThat(items.item("c/certificates").count()).isEqualTo(2);
      assertThat(text)
          .contains("\"namespace\":\"ns\",\"name\":\"good\",\"entry\":\"tls.crt\"")
          .contains("\"names\":[\"right.example\"]", "CN=right")
          .containsSubsequence(
              "\"good\"", "\"keyMatches\":true", "\"mixed\"", "\"keyMatches\":false");
      for (var path : run.paths()) {
        assertThat(run.text(path)).as(path).doesNotContain(body(right.key()), body(other.key()));
      }
    }
  }

  @Test
  void ofAHelmReleaseTheRevisionsThatMatterAreDecoded() throws IOException {
    try (var run = new TestRun(folder)) {
      run.server()
          .onCore(
              "secrets",
              release("istiod", 1, "superseded"),
              release("istiod", 2, "deployed"),
              release("istiod", 3, "failed"),
              release("istiod", 4, "pending-upgrade"));

      var items = run.collect();

      assertThat(run.paths().stream().filter(p -> p.contains("/helm/")))
          .containsExactlyInAnyOrder(
              "clusters/c/helm/ns/istiod.v2.json",
              "clusters/c/helm/ns/istiod.v3.json",
              "clusters/c/helm/ns/istiod.v4.json");
      assertThat(items.outcome("c/helm/ns/istiod.v2")).isEqualTo(Outcome.OK);
      assertThat(run.text("clusters/c/helm/ns/istiod.v2.json"))
          .contains(
              "\"status\":\"deployed\"", "\"config\":{\"replicas\":2}", "\"version\":\"1.30.1\"")
          .doesNotContain("manifest", "templates", "notes");
    }
  }

  @Test
  void aReleaseThatCannotBeDecodedIsSaidSo() throws IOException {
    try (var run = new TestRun(folder)) {
      run.server()
          .onCore(
              "secrets", object("sh.helm.release.v1.bad.v1", "\"release\":\"AAAA\"", "deployed"));

      assertThat(run.collect().outcome("c/helm/ns/bad.v1")).isEqualTo(Outcome.FAILED);
    }
  }

  @Test
  void signingRequestsAreWatchedAsLongAsTheRun() throws IOException {
    try (var run = new TestRun(folder)) {
      run.server().serveSigningRequests();
      run.server()
          .on(
              "/apis/certificates.k8s.io/v1/certificatesigningrequests",
              e -> {
                if (!String.valueOf(e.getRequestURI().getQuery()).contains("watch=true")) {
                  json(e, 200, "{\"items\":[]}");
                  return;
                }
                e.sendResponseHeaders(200, 0);
                e.getResponseBody()
                    .write(
                        "{\"type\":\"ADDED\",\"object\":{\"metadata\":{\"name\":\"csr-1\"}}}\n"
                            .getBytes(StandardCharsets.UTF_8));
                e.getResponseBody().flush();
                run.server().neverAnswer();
              });
      run.server()
          .onPods(
              """
              {"metadata":{"name":"istiod-1","namespace":"istio-system","labels":{"app":"istiod"}},
               "spec":{"containers":[{"name":"discovery","env":[
                 {"name":"EXTERNAL_CA","value":"ISTIOD_RA_KUBERNETES_API"}]}]}}
              """);

      var items = run.collect(o -> o.withCsrWatch(Duration.ofSeconds(1)));

      assertThat(items.outcome("c/csr-watch")).isEqualTo(Outcome.OK);
      assertThat(items.item("c/csr-watch").count()).isEqualTo(1);
      assertThat(run.text("clusters/c/csr-watch.jsonl")).contains("csr-1");
      assertThat(items.summary().phases()).containsKey("csr-watch");
    }
  }

  private static String secret(String name, String key, String certificate) {
    return object(
        name,
        "\"tls.key\":\"%s\",\"tls.crt\":\"%s\"".formatted(base64(key), base64(certificate)),
        "");
  }

  private static String release(String name, int revision, String status) throws IOException {
    var json =
        """
        {"name":"%s","namespace":"ns","version":%d,"info":{"status":"%s","notes":"hi"},
         "chart":{"metadata":{"name":"istiod","version":"1.30.1"},"templates":[{"data":"eA=="}]},
         "config":{"replicas":2},"manifest":"kind: Secret"}
        """
            .formatted(name, revision, status);
    var zipped = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(zipped)) {
      gzip.write(json.getBytes(StandardCharsets.UTF_8));
    }
    var inner = Base64.getEncoder().encodeToString(zipped.toByteArray());
    return object(
        "sh.helm.release.v1." + name + ".v" + revision,
        "\"release\":\"" + base64(inner) + "\"",
        status);
  }

  private static String object(String name, String data, String status) {
    return """
        {"metadata":{"name":"%s","namespace":"ns","labels":{"owner":"helm","status":"%s"}},
         "data":{%s}}
        """
        .formatted(name, status, data);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /// The second line of a PEM text: what must not be found anywhere.
  private static String body(String pem) {
    return pem.lines().skip(1).findFirst().orElseThrow();
  }
}
