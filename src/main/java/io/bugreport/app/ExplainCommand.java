package io.bugreport.app;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/// Prints the page of a check.
@Command(
    name = "explain",
    header = "Explain a check: what it finds, why that matters, and what to do.",
    footer = {"", "Example:", "  bug-report explain IST0101"})
final class ExplainCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @ParentCommand private Main main;

  @Mixin private PluginFlags plugins;

  @Parameters(paramLabel = "CODE|ID", description = "A code such as IST0101, or a check's id.")
  private String name;

  @Override
  public Integer call() throws IOException {
    var out = spec.commandLine().getOut();
    var style = main.style();
    var first = true;
    for (var check : new CheckSelection(plugins.catalogue(main)).named(name)) {
      if (!first) {
        out.println();
      }
      first = false;
      out.println(style.bold(String.join(", ", check.codes()) + ": " + check.title()));
      out.println(
          style.severity(check.severity())
              + style.faint(", " + check.id() + ", reads " + String.join(", ", check.reads())));
      out.println();
      out.print(new PageText(style).of(check.page()));
    }
    out.flush();
    return ExitCode.DONE.number();
  }
}
