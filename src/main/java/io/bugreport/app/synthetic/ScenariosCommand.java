package io.bugreport.app.synthetic;

import io.bugreport.model.check.CheckCatalogue;
import io.bugreport.model.check.CheckRunner;
import io.bugreport.model.finding.Finding;
import io.bugreport.model.snapshot.Snapshot;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// Makes `docs/scenarios.md`.
@Command(
    name = "scenarios",
    hidden = true,
    mixinStandardHelpOptions = true,
    description = "Check every scenario and print docs/scenarios.md.",
    footer = {"", "Example:", "  bug-report scenarios > docs/scenarios.md"})
public final class ScenariosCommand implements Callable<Integer> {
  private static final int NONE = 0;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    var out = Objects.requireNonNull(spec).commandLine().getOut();
    out.print(
        """
        # Scenarios

        Each is the sample mesh with exactly one cause of trouble. `bug-report demo --scenario NAME`
        serves it, collects from it and reports. The table is made by `bug-report scenarios`; rank is
        the place of the cause among all findings, and time that of all checks together, on the
        machine that made the table.

        | scenario | cause | rank | findings | time |
        |---|---|---|---|---|
        """);
    var folder = Files.createTempDirectory("bug-report-scenarios-");
    try {
      for (var scenario : Scenario.all()) {
        row(scenario, folder.resolve(scenario.name()), out);
      }
    } finally {
      delete(folder);
    }
    out.flush();
    return 0;
  }

  private static void row(Scenario scenario, Path sample, PrintWriter out) throws IOException {
    Samples.write(scenario.name(), sample);
    var catalogue = CheckCatalogue.load(ScenariosCommand.class.getClassLoader());
    try (var snapshot = Snapshot.open(sample, Instant.EPOCH)) {
      var begin = System.nanoTime();
      var findings = new CheckRunner(snapshot).run(catalogue).findings();
      var time = Duration.ofNanos(System.nanoTime() - begin);
      var rank = rank(scenario.code(), findings);
      out.printf(
          "| `%s` | %s | %s | %d | %d ms |%n",
          scenario.name(),
          scenario.code(),
          rank == NONE ? "–" : String.valueOf(rank),
          findings.size(),
          time.toMillis());
    }
  }

  /// The place of the first finding with a code, from 1; [#NONE] where there is none.
  static int rank(String code, List<Finding> findings) {
    for (var i = 0; i < findings.size(); i++) {
      if (findings.get(i).code().equals(code)) {
        return i + 1;
      }
    }
    return NONE;
  }

  private static void delete(Path folder) throws IOException {
    try (var paths = Files.walk(folder)) {
      for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
