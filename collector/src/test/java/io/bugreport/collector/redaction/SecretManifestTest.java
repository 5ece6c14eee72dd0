package io.bugreport.collector.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/// Secrets keep their keys and sizes; all else around the values stays byte for byte.
final class SecretManifestTest {
  private static String size(int bytes) {
    var marker = "[redacted: " + bytes + " bytes]";
    return Base64.getEncoder().encodeToString(marker.getBytes(StandardCharsets.US_ASCII));
  }

  private static void check(String text, String expected) {
    assertThat(Redacted.text(Redacted.SECRETS, text)).isEqualTo(expected);
    assertThat(Redacted.text(Redacted.SECRETS, expected)).isEqualTo(expected);
  }

  @Test
  void yamlShowsDecodedSizes() {
    check(
        "items:\n- data:\n    a: QUJDRA==\n    e: \"\"\n    q: \"QUJD\"\n    f: |\n      QUJD\n      QUJD\n  kind: Secret\n",
        "items:\n- data:\n    a: "
            + size(4)
            + "\n    e: \"\"\n    q: "
            + size(3)
            + "\n    f: "
            + size(6)
            + "\n  kind: Secret\n");
  }

  @Test
  void jsonStaysJson() {
    check(
        "{\"data\":{\"a\":\"QUJD\",\"b\":null,\"c\":\"\"},\"type\":\"Opaque\"}",
        "{\"data\":{\"a\":\"" + size(3) + "\",\"b\":null,\"c\":\"\"},\"type\":\"Opaque\"}");
  }

  @Test
  void aLargeValueIsCounted() {
    var large = "QUJD".repeat(500_000);
    check("data:\n  r: " + large + "\n", "data:\n  r: " + size(1_500_000) + "\n");
    check("data:\n  r: \"" + large + "\"\n", "data:\n  r: " + size(1_500_000) + "\n");
  }
}
