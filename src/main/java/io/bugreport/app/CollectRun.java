package io.bugreport.app;

import io.bugreport.app.collect.ConsoleProgress;
import io.bugreport.app.collect.Destination;
import io.bugreport.app.collect.Pipeline;
import io.bugreport.app.collect.PlanText;
import io.bugreport.app.collect.Result;
import io.bugreport.collector.ClusterTarget;
import io.bugreport.collector.Collection;
import io.bugreport.collector.engine.Progress;
import io.bugreport.collector.machine.Machines;
import io.bugreport.collector.redaction.Redactor;
import io.bugreport.model.archive.Layout;
import io.bugreport.model.finding.Severity;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/// One collection from the command line: progress on stderr, the result on stdout, and an archive
/// even when it is interrupted.
final class CollectRun {
  private static final int SECONDS_TO_FINISH = 30;
  private static final int MOST_LEAKS = 10;

  private final Main main;
  private final CommandSpec spec;
  private final RunFlags flags;
  private final List<String> workloads;
  private final InstantSource clock;

  CollectRun(Main main, CommandSpec spec, RunFlags flags, List<String> workloads) {
    this(main, spec, flags, workloads, main.surroundings().clock());
  }

  /// @param workloads what the command line names, such as `deploy/reviews`
  /// @param clock what time it is where the clusters are: a replayed mesh lives in its own past
  CollectRun(
      Main main, CommandSpec spec, RunFlags flags, List<String> workloads, InstantSource clock) {
    this.main = main;
    this.spec = spec;
    this.flags = flags;
    this.workloads = List.copyOf(workloads);
    this.clock = clock;
  }

  /// Collects from these clusters, and from the machines that the flags name.
  int run(List<ClusterTarget> targets) throws IOException {
    return run(targets, flags.machines.machines());
  }

  /// Collects from these clusters and machines.
  int run(List<ClusterTarget> targets, Machines machines) throws IOException {
    if (flags.isDryRun()) {
      return plan(targets, machines);
    }
    var destination = flags.output.destination(flags.pack, main.surroundings().terminal());
    if (!flags.output.isStandardOutput()) {
      return run(targets, machines, destination);
    }
    try (var folder = PrivateFolder.in(flags.output.folder)) {
      return run(
          targets, machines, new Destination(folder.path(), null, destination.packing(), false));
    }
  }

  private int run(List<ClusterTarget> targets, Machines machines, Destination destination)
      throws IOException {
    var err = spec.commandLine().getErr();
    try (var console = new ConsoleProgress(err, main.surroundings().terminal(), clock)) {
      var pipeline =
          pipeline(targets, machines, destination, flags.quiet ? Progress.none() : console);
      return interruptible(
          pipeline,
          () -> {
            var result = pipeline.run();
            console.finish();
            print(result);
            warnOfLeaks(result);
            return code(result).number();
          });
    } catch (FileAlreadyExistsException e) {
      throw new Failure(
          e.getFile() + " is there already",
          flags.output.file == null
              ? "Move it away, or name another place: --output, --output-dir."
              : "Replace it with --force, or name another file.");
    }
  }

  private int plan(List<ClusterTarget> targets, Machines machines) throws IOException {
    var options = flags.options(workloads, clock.instant());
    var summary = Collection.plan(targets, options, Progress.none()).run();
    var out = spec.commandLine().getOut();
    out.print(PlanText.of(summary, machines, options));
    out.flush();
    return (summary.needs().isEmpty() ? ExitCode.NOTHING_COLLECTED : ExitCode.DONE).number();
  }

  private Pipeline pipeline(
      List<ClusterTarget> targets, Machines machines, Destination destination, Progress progress)
      throws IOException {
    return new Pipeline(
        new Pipeline.Request(
            targets,
            machines,
            flags.options(workloads, clock.instant()),
            destination,
            Version.number(),
            spec.root().commandLine().getParseResult().originalArgs(),
            main.style().color()),
        flags.plugins.catalogue(main),
        progress,
        clock,
        new Redactor(flags.rules.read(), null));
  }

  /// A run that ends with an exit code.
  @FunctionalInterface
  private interface Run {
    int run() throws IOException;
  }

  /// Lets Ctrl-C and SIGTERM end the collection, and keeps the process until its archive is closed
  /// and the user was told where it is.
  private static int interruptible(Pipeline pipeline, Run run) throws IOException {
    var told = new CountDownLatch(1);
    var hook =
        new Thread(
            () -> {
              pipeline.cancel("interrupted by a signal");
              try {
                var _ = told.await(SECONDS_TO_FINISH, TimeUnit.SECONDS);
              } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
              }
            });
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      return run.run();
    } finally {
      told.countDown();
      removeUnlessRunning(hook);
    }
  }

  private static void removeUnlessRunning(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException _) {
      // The process is ending: the hook is what waits for us.
    }
  }

  /// On the error stream, with `--quiet` too: whoever passes the archive on must have seen it.
  private void warnOfLeaks(Result result) {
    var leaks = result.leaks();
    if (leaks.isEmpty()) {
      return;
    }
    var err = spec.commandLine().getErr();
    leaks.stream()
        .limit(MOST_LEAKS)
        .forEach(leak -> err.println(leak.path() + ":" + leak.line() + ": " + leak.detector()));
    if (leaks.size() > MOST_LEAKS) {
      err.println("and " + (leaks.size() - MOST_LEAKS) + " more, see leaks in manifest.json");
    }
    err.println(
        (leaks.size() == 1 ? "1 place" : leaks.size() + " places")
            + " in the archive may still be a secret: do not attach it before you looked.");
    err.println("Redact them with a rule of your own (--redaction-rules), or go on: --allow-leaks");
    err.flush();
  }

  private void print(Result result) throws IOException {
    var leftOut = result.leftOut();
    if (leftOut != null) {
      spec.commandLine().getErr().println(leftOut.sentence());
      spec.commandLine().getErr().flush();
    }
    if (flags.output.isStandardOutput()) {
      printToStandardError(result);
      var out = main.surroundings().out();
      Files.copy(result.archive(), out);
      out.flush();
      return;
    }
    var out = spec.commandLine().getOut();
    if (!flags.quiet) {
      out.println(result.console().stripTrailing());
      out.println();
      out.println(
          "Report:  "
              + (result.page() == null ? Layout.REPORT + " in the archive" : result.page()));
    }
    for (var file : flags.pack.split(result.archive())) {
      out.println((flags.quiet ? "" : "Archive: ") + file);
    }
    out.flush();
  }

  /// Standard output is the archive's.
  private void printToStandardError(Result result) {
    if (!flags.quiet) {
      var err = spec.commandLine().getErr();
      err.println(result.console().stripTrailing());
      err.println();
      err.println("Report:  " + Layout.REPORT + " in the archive, which goes to standard output");
      err.flush();
    }
  }

  private ExitCode code(Result result) {
    var items = result.summary().items();
    if (items.stream().allMatch(item -> item.outcome().isGap())) {
      return ExitCode.NOTHING_COLLECTED;
    }
    if (!flags.allowLeaks && !result.leaks().isEmpty()) {
      return ExitCode.LEAK;
    }
    if (isAtLeast(result, flags.failOn)) {
      return ExitCode.FINDING;
    }
    return flags.strict && items.stream().anyMatch(item -> item.outcome().isGap())
        ? ExitCode.INCOMPLETE
        : ExitCode.DONE;
  }

  private static boolean isAtLeast(Result result, @Nullable Severity threshold) {
    return threshold != null
        && result.diagnosis().findings().stream().anyMatch(f -> f.severity().isAtLeast(threshold));
  }
}
