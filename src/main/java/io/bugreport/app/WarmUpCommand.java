package io.bugreport.app;

import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/// Goes through the program once, so that the JVM can record which classes it needs. The launcher
/// calls it to make the cache that later runs start from.
@Command(name = "warm-up", hidden = true, header = "Prepare the JVM's cache.")
final class WarmUpCommand implements Callable<Integer> {
  private static final String MANIFESTS =
      """
      apiVersion: v1
      kind: Service
      metadata: {name: reviews, namespace: bookinfo}
      spec: {ports: [{name: http, port: 9080}]}
      ---
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata: {name: reviews, namespace: bookinfo}
      spec: {hosts: [reviews], http: [{route: [{destination: {host: ratings}}]}]}
      ---
      """;

  /// As many as a small mesh has, so that the parts that take long in large ones are known as such.
  private static final int TIMES = 200;

  @Spec private CommandSpec spec;

  @ParentCommand private Main main;

  /// Commands that need the same classes: every class of a cache is loaded at each start.
  private enum Kind {
    READ,
    COLLECT
  }

  @Parameters(paramLabel = "KIND", description = "read or collect.")
  private Kind kind = Kind.READ;

  @Override
  public Integer call() {
    switch (kind) {
      case READ -> {
        run("--help");
        run("checks");
        run("checks", "--output", "json");
        main.catalogue().checks().stream()
            .findFirst()
            .ifPresent(check -> run("explain", check.id()));
        run("analyze", "-");
        run("analyze", "--output", "json", "-");
      }
      case COLLECT -> run("demo", "--quiet", "--output", "-");
    }
    spec.commandLine().getOut().flush();
    return ExitCode.DONE.number();
  }

  private void run(String... arguments) {
    var real = main.surroundings();
    var surroundings =
        new Surroundings(
            real.environment(),
            false,
            new ByteArrayInputStream(MANIFESTS.repeat(TIMES).getBytes(StandardCharsets.UTF_8)),
            OutputStream.nullOutputStream(),
            real.clock(),
            real.temporary());
    var silent = new PrintWriter(Writer.nullWriter());
    Main.commandLine(surroundings, main.catalogue())
        .setOut(silent)
        .setErr(silent)
        .execute(arguments);
  }
}
