package io.bugreport.app;

import io.bugreport.collector.CollectionOptions;
import io.bugreport.model.finding.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What can be said about any run that makes an archive, whatever it collects from.
abstract class RunFlags {
  @Mixin PluginFlags plugins = new PluginFlags();

  @Mixin RedactionRules rules = new RedactionRules();

  @ArgGroup(exclusive = false, heading = "%nVirtual machines:%n")
  MachineFlags machines = new MachineFlags();

  @ArgGroup(exclusive = false, heading = "%nHow much of the logs:%n")
  LogFlags logs = new LogFlags();

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      converter = DurationText.class,
      description =
          "Time for the whole run, such as 10m (default: 30m). Then the archive is closed with what"
              + " there is.")
  Duration timeout = CollectionOptions.defaults().runTimeout();

  @ArgGroup(exclusive = false, heading = "%nWhere the archive goes:%n")
  OutputFlags output = new OutputFlags();

  @ArgGroup(exclusive = false, heading = "%nHow large it may be, and who can read it:%n")
  PackFlags pack = new PackFlags();

  @Option(
      names = "--fail-on",
      paramLabel = "SEVERITY",
      description = "End with 1 on a finding as bad as this: critical, error, warning or info.")
  @Nullable Severity failOn;

  @Option(
      names = "--allow-leaks",
      description =
          "Do not end with 5 when something in the archive still looks like a secret; say it only.")
  boolean allowLeaks;

  @Option(names = "--strict", description = "End with 3 when something planned is missing.")
  boolean strict;

  @Option(
      names = {"-q", "--quiet"},
      description = "No progress and no summary, only the archive's path.")
  boolean quiet;

  /// Whether the run only says what it would do.
  abstract boolean isDryRun();

  /// @param workloads what the command line names, such as `deploy/reviews`
  /// @param now when the run starts
  CollectionOptions options(List<String> workloads, Instant now) {
    return CollectionOptions.defaults().withLogs(logs.window(now)).withRunTimeout(timeout);
  }
}
