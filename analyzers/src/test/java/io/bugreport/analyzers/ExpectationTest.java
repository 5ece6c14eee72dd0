package io.bugreport.analyzers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bugreport.model.check.CheckDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The harness itself: it fails when it should.
class ExpectationTest {
  private final Fixture sound =
      Fixture.all().stream()
          .filter(f -> f.findings().contains(" ERROR "))
          .findFirst()
          .orElseThrow();

  @Test
  void failsWhereAFindingReadsDifferently() {
    var altered =
        new Fixture(
            sound.path(),
            sound.comment(),
            sound.files(),
            sound.findings().replaceFirst(" ERROR ", " WARNING "));

    assertThatThrownBy(() -> Expectation.check(check(), altered, false))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("Findings changed in " + sound.path())
        .hasMessageContaining("-Dupdate=true");
  }

  @Test
  void failsWhereAFindingIsMissing() {
    var emptied = new Fixture(sound.path(), sound.comment(), sound.files(), "passed\n");

    assertThatThrownBy(() -> Expectation.check(check(), emptied, false))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void rewritesOnlyTheFindings(@TempDir Path folder) throws IOException {
    var copy = folder.resolve(String.valueOf(sound.path().getFileName()));
    var altered = new Fixture(copy, sound.comment(), sound.files(), "passed\n");

    Expectation.check(check(), altered, true);

    assertThat(Files.readString(copy)).isEqualTo(Files.readString(sound.path()));
  }

  private CheckDefinition check() {
    return AnalyzersModule.catalogue().checks().stream()
        .filter(c -> c.analyzer().getClass().getSimpleName().equals(sound.check()))
        .findFirst()
        .orElseThrow();
  }
}
