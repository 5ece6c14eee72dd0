package io.bugreport.app;

import io.bugreport.model.check.CheckDefinition;
import io.bugreport.model.finding.Severity;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// Lists the checks.
@Command(
    name = "checks",
    header = "List all checks: code, severity, id and title.",
    subcommands = ChecksLintCommand.class)
final class ChecksCommand implements Callable<Integer> {

  /// A line of `checks --output json`; the names are a contract.
  record Entry(
      String id,
      List<String> codes,
      String title,
      Severity severity,
      List<String> reads,
      @Nullable String istioctlAnalyzer,
      String docs) {

    static Entry of(CheckDefinition check) {
      return new Entry(
          check.id(),
          check.codes(),
          check.title(),
          check.severity(),
          check.reads(),
          check.istioctlAnalyzer().isEmpty() ? null : check.istioctlAnalyzer(),
          check.docs());
    }
  }

  record Listing(List<Entry> checks) {}

  @Spec private CommandSpec spec;

  @ParentCommand private Main main;

  @Mixin private PluginFlags plugins;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description = "text (default) or json.")
  private OutputFormat output = OutputFormat.TEXT;

  @Override
  public Integer call() throws IOException {
    var out = spec.commandLine().getOut();
    var checks = plugins.catalogue(main).checks();
    switch (output) {
      case JSON ->
          out.println(
              JsonMapper.builder()
                  .enable(SerializationFeature.INDENT_OUTPUT)
                  .build()
                  .writeValueAsString(new Listing(checks.stream().map(Entry::of).toList())));
      case TEXT -> {
        var width = checks.stream().mapToInt(c -> codes(c).length()).max().orElse(0);
        for (var check : checks) {
          out.println(
              codes(check)
                  + " ".repeat(width - codes(check).length() + 2)
                  + main.style().severity(check.severity())
                  + " ".repeat(10 - check.severity().name().length())
                  + check.title()
                  + main.style().faint(" (" + check.id() + ")"));
        }
        out.println(checks.size() + " checks; 'bug-report explain CODE' tells more about one.");
      }
    }
    return ExitCode.DONE.number();
  }

  private static String codes(CheckDefinition check) {
    return String.join(",", check.codes());
  }
}
