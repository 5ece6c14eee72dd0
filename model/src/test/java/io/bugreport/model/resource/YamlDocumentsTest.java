package io.bugreport.model.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/// A large file is read in pieces, and nobody can tell.
class YamlDocumentsTest {
  private static final int WHOLE = Integer.MAX_VALUE / 4;

  @Property(tries = 300)
  void piecesSayWhatTheWholeSays(@ForAll("files") String file) throws IOException {
    assertThat(read(file, 1)).isEqualTo(read(file, WHOLE));
  }

  @Provide
  Arbitrary<String> files() {
    return Arbitraries.of(
            "a: 1\n",
            "- x\n- {y: [1, 2]}\n",
            "text: |\n  one\n   ---\n  two\n",
            "a: &x {b: 1}\nc: *x\n",
            "# a comment\n",
            "\r\nwin: dows\r\n",
            "umlaut: \"ä ö\"\n",
            "---\n",
            "--- scalar\n",
            "---\nkind: Service\n",
            "--- # said\nkind: Pod\n",
            "...\n",
            "a: |\n  %no directive\n",
            "---text: no marker\n")
        .list()
        .ofMaxSize(12)
        .map(parts -> String.join("", parts))
        .filter(YamlDocumentsTest::isSound);
  }

  private static boolean isSound(String file) {
    try {
      read(file, WHOLE);
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  @Test
  void aDirectiveGoesWithTheDocumentThatFollowsIt() throws IOException {
    var file = "a: 1\n---\nb: 2\n...\n%YAML 1.2\n---\nc: 3\n";

    assertThat(read(file, 1)).isEqualTo(read(file, WHOLE)).hasSize(3);
  }

  @Test
  void textOfTwoBytesASignIsReadAsAWhole() throws IOException {
    var file = "a: 1\n---\nb: 2\n";

    assertThat(read(file, StandardCharsets.UTF_16, 1)).isEqualTo(read(file, 1)).hasSize(2);
  }

  @Test
  void theLineOfAProblemIsThatOfTheFile() {
    assertThatThrownBy(() -> read("a: 1\n---\nb: 2\n---\nc: [\n", 1))
        .isInstanceOf(DocumentException.class)
        .hasMessageStartingWith("a.yaml:6: ");
  }

  @Test
  void whatStandsBeforeAProblemIsHandedOver() {
    List<Node> documents = new ArrayList<>();
    var file = "a: 1\n---\nb: 2\n---\nc: [\n".getBytes(StandardCharsets.UTF_8);

    assertThatThrownBy(
            () -> YamlDocuments.read("a.yaml", new ByteArrayInputStream(file), 1, documents::add))
        .isInstanceOf(DocumentException.class);
    assertThat(documents).hasSize(2);
  }

  private static List<Node> read(String file, int size) throws IOException {
    return read(file, StandardCharsets.UTF_8, size);
  }

  private static List<Node> read(String file, Charset charset, int size) throws IOException {
    List<Node> documents = new ArrayList<>();
    YamlDocuments.read(
        "a.yaml", new ByteArrayInputStream(file.getBytes(charset)), size, documents::add);
    return documents;
  }
}
