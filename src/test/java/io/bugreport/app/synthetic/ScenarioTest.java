package io.bugreport.app.synthetic;

import static org.assertj.core.api.Assertions.assertThat;

import io.bugreport.model.check.CheckCatalogue;
import io.bugreport.model.check.CheckRunner;
import io.bugreport.model.finding.Finding;
import io.bugreport.model.finding.Severity;
import io.bugreport.model.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ScenarioTest {
  @TempDir Path folder;

  static Stream<Scenario> scenarios() {
    return Scenario.all().stream();
  }

  private List<Finding> findings(String sample) throws IOException {
    var target = folder.resolve(sample);
    Samples.write(sample, target);
    var checks = CheckCatalogue.load(ScenarioTest.class.getClassLoader());
    try (var snapshot = Snapshot.open(target, Instant.EPOCH)) {
      return new CheckRunner(snapshot).run(checks).findings();
    }
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void theCauseIsTheFirstFinding(Scenario scenario) throws IOException {
    var findings = findings(scenario.name());
    assertThat(ScenariosCommand.rank(scenario.code(), findings))
        .as(
            "rank of %s in %s, whose findings are: %s",
            scenario.code(),
            scenario.name(),
            findings.stream().map(f -> f.severity() + " " + f.code() + " " + f.message()).toList())
        .isEqualTo(1);
  }

  @Test
  void theHealthySampleIsSilent() throws IOException {
    assertThat(findings(Samples.HEALTHY))
        .filteredOn(f -> f.severity().isAtLeast(Severity.WARNING))
        .as("findings of a healthy mesh are false alarms: correct the check or the sample")
        .extracting(f -> f.code() + " " + f.resource() + ": " + f.message())
        .isEmpty();
  }
}
