package io.bugreport.collector.resources;

import static org.assertj.core.api.Assertions.assertThat;

import io.bugreport.collector.engine.DocumentWriter;
import io.bugreport.model.resource.DocumentReader;
import io.bugreport.model.resource.Field;
import io.bugreport.model.resource.Node;
import io.bugreport.model.resource.Node.Scalar;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "8080",
        "true",
        "Yes",
        "1e3",
        "0o7",
        "0x1F",
        "1_000",
        "null",
        "~",
        "",
        " a",
        "a ",
        "-",
        "a: b",
        "a #b",
        "[x]",
        "2026-11-24",
        "12:30:45",
        "a\nb",
        "a\n\n",
        "\n a",
        " x\ny\n",
        "tab\there",
        "\u0000",
        "é\u2028",
        "|",
        "key:",
        "---\nx"
      })
  void aStringStaysTheStringThatItIs(String text) {
    assertThat(roundTrip(text)).isEqualTo(new Read(text, Scalar.Type.STRING));
  }

  @Property(tries = 300)
  void anyTextStaysTheSame(
      @ForAll @CharRange(from = ' ', to = '~') @CharRange(from = '\n', to = '\n') String text) {
    assertThat(roundTrip(text)).isEqualTo(new Read(text, Scalar.Type.STRING));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "3.25", "12345678901234567890"})
  void aNumberStaysANumber(String text) {
    var node = new Scalar(text, Scalar.Type.NUMBER, 1, 1);
    assertThat(read(written(Map.of("v", node)))).isEqualTo(new Read(text, Scalar.Type.NUMBER));
  }

  @ParameterizedTest
  @ValueSource(strings = {"swordfish", "not base64 at all!"})
  void aSecretKeepsOnlyTheLengthOfItsValues(String value) {
    var encoded = Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
    var data = mapping(Map.of("password", string(encoded)));
    var annotations =
        mapping(Map.of("kubectl.kubernetes.io/last-applied-configuration", string(value)));
    var secret =
        mapping(Map.of("data", data, "metadata", mapping(Map.of("annotations", annotations))));

    var once = SecretMask.masked(secret);

    var kept = new Field("", "", once).text("data.password");
    assertThat(new String(Base64.getDecoder().decode(kept), StandardCharsets.UTF_8))
        .isEqualTo("[redacted: " + value.length() + " bytes]");
    assertThat(once.toString()).doesNotContain(encoded).doesNotContain(value);
    assertThat(SecretMask.masked(once)).isEqualTo(once);
  }

  private record Read(String text, Scalar.Type type) {}

  private static Read roundTrip(String text) {
    return read(written(Map.of("v", string(text))));
  }

  private static byte[] written(Map<String, Node> fields) {
    var out = new ByteArrayOutputStream();
    try (var yaml = Yaml.to(out)) {
      DocumentWriter.write(mapping(fields), yaml);
    }
    return out.toByteArray();
  }

  private static Read read(byte[] yaml) {
    try (var parser = DocumentReader.yaml(new ByteArrayInputStream(yaml))) {
      parser.nextToken();
      if (DocumentReader.read(parser) instanceof Node.Mapping mapping
          && mapping.get("v") instanceof Scalar scalar) {
        return new Read(scalar.text(), scalar.type());
      }
      throw new AssertionError("no scalar in " + new String(yaml, StandardCharsets.UTF_8));
    }
  }

  private static Node.Mapping mapping(Map<String, Node> fields) {
    return new Node.Mapping(new LinkedHashMap<>(fields), 1, 1);
  }

  private static Node string(String text) {
    return new Scalar(text, Scalar.Type.STRING, 1, 1);
  }
}
