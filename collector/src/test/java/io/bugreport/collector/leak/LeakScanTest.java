package io.bugreport.collector.leak;

import static org.assertj.core.api.Assertions.assertThat;

import io.bugreport.collector.redaction.Redactor;
import io.bugreport.model.archive.Redaction;
import io.bugreport.model.snapshot.Manifest.Leak;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The scan sees what stands in the clear, says where, and is silent about what was redacted.
final class LeakScanTest {
  private static final String LOG = "clusters/c/namespaces/n/pods/p/app/app/logs/current.log";
  private static final String SECRETS = "clusters/c/namespaces/n/core/secrets.yaml";
  private static final String LETTERS = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

  private final Random random = new Random(5);

  private String word(int length) {
    return random
        .ints(length, 0, LETTERS.length())
        .mapToObj(i -> String.valueOf(LETTERS.charAt(i)))
        .collect(Collectors.joining("", "", "7Q"));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<Leak> scan(String path, String text) throws IOException {
    return new LeakScan()
        .of(path, new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)));
  }

  private String leaky() {
    return String.join(
        "\n",
        "-----BEGIN RSA PRIVATE" + " KEY-----",
        "key " + base64("-----BEGIN PRIVATE" + " KEY-----\n" + word(64)),
        "got ey" + "J" + word(20) + ".ey" + "J" + word(30) + "." + word(40),
        "using AKI" + "AQWERTYUIOPASDFGH",
        "clone gh" + "p_" + word(36),
        "clone glp" + "at-" + word(20),
        "post xox" + "b-" + word(20),
        "map AIz" + "a" + word(33),
        "pay sk_li" + "ve_" + word(20),
        "authorization: Bearer " + word(30),
        "open postgres://app:" + word(10) + "@db/shop",
        "\"api_key\": \"" + word(20) + "\"",
        "");
  }

  @Test
  void eachDetectorSaysWhereItSeesSomething() throws IOException {
    var lines = scan(LOG, leaky()).stream().map(Leak::line).distinct().sorted().toList();

    assertThat(lines).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L, 12L);
  }

  @Test
  void aValueOfASecretIsSeen() throws IOException {
    var text =
        "kind: Secret\ndata:\n  greeting: " + base64("hello " + word(9)) + "\ntype: Opaque\n";

    assertThat(scan(SECRETS, text)).containsExactly(new Leak("value of a Secret", SECRETS, 3));
  }

  @Test
  void whereAPieceEndsNothingIsMissedOrSeenTwice() throws IOException {
    for (var before = 0; before < 60; before++) {
      var text = "x".repeat((1 << 16) - 4096 - before) + "\n gh" + "p_" + word(36) + "\n";

      assertThat(scan(LOG, text + "y".repeat(1 << 18)))
          .containsExactly(new Leak("GitHub token", LOG, 2));
    }
  }

  @Test
  void aWatchChangesNothingAndSeesTheSame() throws IOException {
    var watch = new LeakWatch(Redaction.none());
    var out = new ByteArrayOutputStream();
    try (var stream = watch.redact(LOG, out)) {
      stream.write(leaky().getBytes(StandardCharsets.ISO_8859_1));
    }

    assertThat(out.toString(StandardCharsets.ISO_8859_1).lines()).hasSize(12);
    assertThat(watch.leaks())
        .isNotEmpty()
        .containsExactlyElementsOf(scan(LOG, out.toString(StandardCharsets.ISO_8859_1)));
  }

  @Test
  void aWatchLooksAtWhatRedactionLeaves() throws IOException {
    var watch = new LeakWatch(new Redactor());
    try (var stream = watch.redact(LOG, new ByteArrayOutputStream())) {
      stream.write(leaky().getBytes(StandardCharsets.ISO_8859_1));
    }

    assertThat(watch.leaks()).isEmpty();
  }

  @Test
  void whatWasRedactedIsNoLeak() throws IOException {
    var out = new ByteArrayOutputStream();
    try (var stream = new Redactor().redact(LOG, out)) {
      stream.write(leaky().getBytes(StandardCharsets.UTF_8));
    }

    assertThat(scan(LOG, out.toString(StandardCharsets.UTF_8))).isEmpty();
  }

  @Test
  void lookAlikesAreNone() throws IOException {
    var text =
        """
        image: docker.io/istio/proxyv2@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
        secretName: bookinfo-credential-2
        serviceAccountToken: bookinfo-token
        token: /var/run/secrets/tokens/istio-token
        url: https://host.example:8443/path@2
        password: ${DB_PASSWORD_1}
        "uri": "spiffe://cluster.local/ns/default/sa/bookinfo-token"
        Bearer token not found
        """;

    assertThat(scan(LOG, text)).isEmpty();
  }
}
