package io.bugreport.collector.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.bugreport.model.archive.Layout;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/// What a redactor does besides streams: names of entries, and the share of a file that it takes.
class RedactorTest {
  /// Made here, so that no scanner finds it in the sources.
  private static final String TOKEN = "glp" + "at-" + "ab3def6hij".repeat(2);

  private final Redactor redactor = new Redactor();

  @Test
  void aNameThatIsASecretBecomesANumberAndKeepsItsEnding() {
    var first =
        redactor.name("clusters/c/cluster-scoped-resources/core/namespaces/" + TOKEN + ".yaml");
    var second = redactor.name("clusters/c/namespaces/" + TOKEN + "/core/pods.yaml");

    assertThat(first)
        .matches(
            "clusters/c/cluster-scoped-resources/core/namespaces/redacted-[0-9a-f]{12}\\.yaml");
    assertThat(second)
        .isEqualTo(
            "clusters/c/namespaces/" + first.replaceAll(".*/|\\.yaml", "") + "/core/pods.yaml");
    assertThat(redactor.name(second)).isEqualTo(second);
  }

  @Test
  void otherNamesStay() {
    var path = Layout.log("c", "istio-system", "istiod-7d9c-x2", "discovery", Layout.Run.CURRENT);

    assertThat(redactor.name(path)).isEqualTo(path);
    assertThat(redactor.name("imported/password%3Dhunter22x.txt")).startsWith("imported/redacted-");
    assertThat(redactor.name("clusters/c/namespaces/n/core/secrets.yaml"))
        .isEqualTo("clusters/c/namespaces/n/core/secrets.yaml");
  }

  @Test
  void aFileOfWhichMuchIsGoneIsTold() throws IOException {
    write("full.log", "password=" + "Zk8qW2pLx7Rt4".repeat(2) + "\n");
    write("other.log", "GET /productpage 200 in 12 ms, as a thousand times before\n");

    assertThat(redactor.muchRedacted().keySet()).containsExactly("full.log");
    assertThat(redactor.muchRedacted().get("full.log")).isBetween(60, 80);
  }

  private void write(String path, String line) throws IOException {
    try (var out = redactor.redact(path, OutputStream.nullOutputStream())) {
      out.write(line.repeat(300).getBytes(StandardCharsets.UTF_8));
    }
  }
}
