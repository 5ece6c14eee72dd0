package io.bugreport.app;

import io.bugreport.app.collect.Contexts;
import io.bugreport.app.collect.UnknownContextException;
import io.bugreport.app.serve.ReplayOptions;
import io.bugreport.app.serve.ReplayServer;
import io.bugreport.app.synthetic.Samples;
import io.bugreport.model.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/// The whole pipeline without a cluster: a sample mesh is served as a Kubernetes API on this
/// machine, and collected from like any other.
@Command(
    name = "demo",
    header = "Serve a sample mesh on this machine, collect from it, and report.",
    footer = {"", "Examples:", "  bug-report demo", "  bug-report demo --scenario bookinfo"})
final class DemoCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @ParentCommand private Main main;

  @Mixin private CollectFlags flags;

  @Option(
      names = "--scenario",
      paramLabel = "NAME",
      description =
          "The sample mesh: bookinfo-broken (default), bookinfo, which is healthy, or one with a"
              + " single cause, such as dead-webhook; a wrong name lists them.")
  private String scenario = "bookinfo-broken";

  @Override
  public Integer call() throws IOException {
    if (!Samples.names().contains(scenario)) {
      throw new Failure(
          "there is no sample mesh \"" + scenario + "\"",
          "There are: " + String.join(", ", Samples.names()) + ".");
    }
    var folder = Files.createTempDirectory("bug-report-demo-");
    try {
      var sample = folder.resolve(scenario);
      Samples.write(scenario, sample);
      return collect(sample);
    } finally {
      delete(folder);
    }
  }

  private int collect(Path sample) throws IOException {
    var clock = main.surroundings().clock();
    try (var snapshot = Snapshot.open(sample, clock.instant());
        var server = ReplayServer.start(snapshot, ReplayOptions.standard())) {
      if (!flags.quiet) {
        spec.commandLine()
            .getErr()
            .println("serving the sample mesh " + scenario + " on this machine");
      }
      var behind = Duration.between(clock.instant(), snapshot.manifest().finished());
      InstantSource then = () -> clock.instant().plus(behind);
      return new CollectRun(main, spec, flags, List.of(), then)
          .run(new Contexts(server.kubeconfig()).all());
    } catch (UnknownContextException e) {
      throw new IllegalStateException("the replay server's own kubeconfig has no context", e);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (var paths = Files.walk(folder)) {
      for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
