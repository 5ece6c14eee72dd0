package io.bugreport.app;

import io.bugreport.collector.redaction.rules.UserRules;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Says what is wrong with rules of redaction that someone wrote.
@Command(
    name = "lint",
    header = "Say what is wrong with rules of redaction.",
    footer = {"", "Example:", "  bug-report redact lint rules.yaml"})
final class RedactLintCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "Files of rules.")
  private List<Path> files = new ArrayList<>();

  @Override
  public Integer call() throws IOException {
    var out = spec.commandLine().getOut();
    var problems = 0;
    for (var file : files) {
      var read = UserRules.read(file);
      read.names().forEach(name -> out.println(file + ": " + name + " can be used"));
      read.problems().forEach(out::println);
      problems += read.problems().size();
    }
    out.flush();
    return (problems > 0 ? ExitCode.USAGE : ExitCode.DONE).number();
  }
}
