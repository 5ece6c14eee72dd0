package io.bugreport.app;

import io.bugreport.app.serve.ServeCommand;
import io.bugreport.app.synthetic.ScenariosCommand;
import io.bugreport.app.synthetic.SyntheticCommand;
import io.bugreport.model.check.CheckCatalogue;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.logging.LogManager;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/// The root command. A new command is a class of its own and a line here.
@Command(
    name = "bug-report",
    header = "Collects what an Istio expert would ask for, and says what is wrong.",
    subcommands = {
      CollectCommand.class,
      VmCommand.class,
      RbacCommand.class,
      AnalyzeCommand.class,
      ReportCommand.class,
      RedactCommand.class,
      ServeCommand.class,
      VerifyCommand.class,
      RepairCommand.class,
      RepackCommand.class,
      DemoCommand.class,
      SyntheticCommand.class,
      ScenariosCommand.class,
      ChecksCommand.class,
      ExplainCommand.class,
      WarmUpCommand.class
    },
    scope = ScopeType.INHERIT,
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    showDefaultValues = false,
    abbreviateSynopsis = true,
    usageHelpAutoWidth = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:a finding at or above --fail-on",
      "2:the command line or a file named in it cannot be used",
      "3:the archive is written, but something planned is missing (with --strict)",
      "4:nothing could be collected",
      "5:the archive is written, but something in it looks like a secret (unless --allow-leaks)",
      "70:a bug in this program"
    })
public final class Main implements Callable<Integer> {
  private final Surroundings surroundings;
  private final CheckCatalogue catalogue;

  @Spec private CommandSpec spec;

  @Mixin private CollectFlags flags;

  @Option(
      names = "--no-color",
      scope = ScopeType.INHERIT,
      description = "No colours; NO_COLOR in the environment does the same.")
  private boolean noColor;

  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "Say more: every reason, and the stack trace of a bug in this program.")
  private boolean verbose;

  private Main(Surroundings surroundings, CheckCatalogue catalogue) {
    this.surroundings = surroundings;
    this.catalogue = catalogue;
  }

  /// The whole command line, ready to run.
  public static CommandLine commandLine(Surroundings surroundings, CheckCatalogue catalogue) {
    var main = new Main(surroundings, catalogue);
    var errors = new ErrorMessages(main);
    return new CommandLine(main)
        .setColorScheme(
            CommandLine.Help.defaultColorScheme(surroundings.wantsColor() ? Ansi.ON : Ansi.OFF))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionStrategy(Main::execute)
        .setParameterExceptionHandler(errors)
        .setExecutionExceptionHandler(errors);
  }

  /// Runs the command named, and lets errors of the JVM's own be told like any other bug.
  private static int execute(ParseResult parsed) {
    try {
      return new CommandLine.RunLast().execute(parsed);
    } catch (AssertionError | LinkageError | VirtualMachineError e) {
      throw new ExecutionException(parsed.commandSpec().commandLine(), String.valueOf(e), e);
    }
  }

  public static void main(String[] arguments) throws IOException {
    quietLibraries();
    var commandLine =
        commandLine(Surroundings.ofProcess(), CheckCatalogue.load(Main.class.getClassLoader()));
    // What programs read is UTF-8, whatever the locale is.
    var err = new PrintWriter(new RedactedText(writer(FileDescriptor.err)), true);
    commandLine.setOut(writer(FileDescriptor.out)).setErr(err);
    System.exit(commandLine.execute(arguments));
  }

  private static void quietLibraries() throws IOException {
    try (var settings = Main.class.getResourceAsStream("logging.properties")) {
      LogManager.getLogManager().readConfiguration(settings);
    }
  }

  private static PrintWriter writer(FileDescriptor descriptor) {
    return new PrintWriter(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }

  /// Without a command, collects.
  @Override
  public Integer call() throws IOException {
    return new CollectRun(this, spec, flags, List.of()).run(flags.targets());
  }

  Surroundings surroundings() {
    return surroundings;
  }

  CheckCatalogue catalogue() {
    return catalogue;
  }

  Style style() {
    return new Style(!noColor && surroundings.wantsColor());
  }

  boolean isVerbose() {
    return verbose;
  }
}
