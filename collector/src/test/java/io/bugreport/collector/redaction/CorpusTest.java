package io.bugreport.collector.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Every planted secret goes, every look-alike stays.
final class CorpusTest {
  private final Corpus corpus = new Corpus();
  private final List<Corpus.Planted> planted = corpus.planted();

  @Test
  void holdsEnough() {
    assertThat(planted).hasSizeGreaterThan(300);
    assertThat(planted.stream().map(Corpus.Planted::kind).distinct())
        .hasSizeGreaterThanOrEqualTo(40);
    assertThat(corpus.lookAlikes()).hasSizeGreaterThanOrEqualTo(2000);
  }

  @Test
  void nothingOfASecretRemains() {
    assertThat(
            planted.stream()
                .filter(p -> Leaks.any(Redacted.text(p.path(), p.content()), p.secret()))
                .map(
                    p ->
                        p.kind()
                            + ": "
                            + shorten(p.content())
                            + " -> "
                            + shorten(Redacted.text(p.path(), p.content()))))
        .as("secrets of which something is left; give their shape a rule")
        .isEmpty();
  }

  private static String shorten(String text) {
    return text.length() > 300
        ? text.substring(0, 200) + "…" + text.substring(text.length() - 90)
        : text;
  }

  @Test
  void lookAlikesStay() {
    assertThat(
            corpus.lookAlikes().stream()
                .filter(l -> !Redacted.text(l.path(), l.text()).equals(l.text()))
                .map(l -> l.kind() + ": " + l.text() + " -> " + Redacted.text(l.path(), l.text())))
        .as("harmless texts that were changed")
        .isEmpty();
  }

  @Test
  void redactingTwiceChangesNothing() {
    assertThat(
            planted.stream()
                .map(p -> new String[] {p.path(), Redacted.text(p.path(), p.content())})
                .filter(r -> !Redacted.text(r[0], r[1]).equals(r[1]))
                .map(r -> r[1] + " -> " + Redacted.text(r[0], r[1])))
        .isEmpty();
  }

  @Test
  void whatSurroundsASecretStays() {
    var all =
        planted.stream()
            .filter(p -> p.path().equals(Redacted.LOG))
            .map(Corpus.Planted::content)
            .collect(Collectors.joining());
    assertThat(Redacted.text(Redacted.LOG, all))
        .contains("next line!", "HTTP/1.1", "Encrypt=true", "retries=3", "@host:1/db");
  }
}
