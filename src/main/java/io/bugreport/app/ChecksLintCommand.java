package io.bugreport.app;

import io.bugreport.analyzers.declared.DeclaredChecks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Says what is wrong with checks that someone declared.
@Command(
    name = "lint",
    header = "Say what is wrong with checks declared in YAML.",
    footer = {"", "Example:", "  bug-report checks lint plugins/ours.yaml"})
final class ChecksLintCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "Files of declared checks.")
  private List<Path> files = new ArrayList<>();

  @Override
  public Integer call() throws IOException {
    var out = spec.commandLine().getOut();
    var problems = 0;
    for (var file : files) {
      try (var in = Files.newInputStream(file)) {
        var declared = DeclaredChecks.read(file.toString(), in);
        declared.checks().forEach(c -> out.println(file + ": " + c.id() + " can be used"));
        declared.problems().forEach(out::println);
        problems += declared.problems().size();
      }
    }
    out.flush();
    return (problems > 0 ? ExitCode.USAGE : ExitCode.DONE).number();
  }
}
