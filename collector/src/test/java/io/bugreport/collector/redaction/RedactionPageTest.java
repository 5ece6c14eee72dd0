package io.bugreport.collector.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The numbers that docs/redaction.md publishes are those of this corpus and these rules.
final class RedactionPageTest {
  private static final Path PAGE =
      Path.of(System.getProperty("basedir", "."), "..", "docs", "redaction.md");
  private static final String COMMAND =
      "mvn -pl collector -am test -Dtest=RedactionPageTest"
          + " -Dsurefire.failIfNoSpecifiedTests=false -Dupdate=true";

  private final Corpus corpus = new Corpus();

  /// What became of the texts of one kind.
  private record Score(int all, int right) {
    Score plus(Score other) {
      return new Score(all + other.all, right + other.right);
    }

    String share() {
      return String.format(Locale.ROOT, "%.1f %%", 100.0 * right / all);
    }
  }

  private static <T> SortedMap<String, Score> scores(
      Iterable<T> texts, Function<T, String> kind, Function<T, Boolean> isRight) {
    var scores = new TreeMap<String, Score>();
    for (var text : texts) {
      var score = new Score(1, isRight.apply(text) ? 1 : 0);
      scores.merge(kind.apply(text), score, Score::plus);
    }
    return scores;
  }

  private static Score total(SortedMap<String, Score> scores) {
    return scores.values().stream().reduce(new Score(0, 0), Score::plus);
  }

  private String table() {
    var planted =
        scores(
            corpus.planted(),
            Corpus.Planted::kind,
            p -> !Leaks.any(Redacted.text(p.path(), p.content()), p.secret()));
    var lookAlikes =
        scores(
            corpus.lookAlikes(),
            Corpus.LookAlike::kind,
            l -> Redacted.text(l.path(), l.text()).equals(l.text()));
    var found = total(planted);
    var kept = total(lookAlikes);
    var precision = new Score(found.right + kept.all - kept.right, found.right);
    return """
    %d planted secrets of %d kinds: %d gone, **recall %s**.
    %d look-alikes of %d kinds: %d touched, **precision %s**.

    | secret | planted | gone | recall |
    |---|--:|--:|--:|
    %s
    | look-alike | texts | kept | kept |
    |---|--:|--:|--:|
    %s"""
        .formatted(
            found.all,
            planted.size(),
            found.right,
            found.share(),
            kept.all,
            lookAlikes.size(),
            kept.all - kept.right,
            precision.share(),
            rows(planted),
            rows(lookAlikes));
  }

  private static String rows(SortedMap<String, Score> scores) {
    return scores.entrySet().stream()
        .map(
            e ->
                "| %s | %d | %d | %s |\n"
                    .formatted(
                        e.getKey(), e.getValue().all, e.getValue().right, e.getValue().share()))
        .collect(Collectors.joining());
  }

  @Test
  void thePublishedNumbersAreTrue() throws IOException {
    var begin = "<!-- generated: corpus -->\n";
    var end = "<!-- end of corpus -->\n";
    var page = Files.readString(PAGE);
    var from = page.indexOf(begin) + begin.length();
    var to = page.indexOf(end);
    assertThat(to).as("the marks of the corpus in %s", PAGE).isGreaterThanOrEqualTo(from);
    if (Boolean.getBoolean("update")) {
      Files.writeString(PAGE, page.substring(0, from) + table() + page.substring(to));
      return;
    }
    assertThat(page.substring(from, to))
        .as("%s is stale: run %s and commit it", PAGE, COMMAND)
        .isEqualTo(table());
  }
}
