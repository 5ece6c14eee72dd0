package io.bugreport.app;

import io.bugreport.collector.CollectionOptions;
import io.bugreport.model.finding.Severity;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What can be said about a collection on the command line; kubectl's own flags where kubectl has
/// one.
final class CollectFlags {

  /// One or several contexts, not both.
  static final class Clusters {
    @Option(
        names = "--context",
        paramLabel = "NAME",
        description = "Context of the kubeconfig to collect from; may be given again.")
    List<String> contexts = new ArrayList<>();

    @Option(names = "--all-contexts", description = "Collect from every context of the kubeconfig.")
    boolean all;
  }

  @Mixin PluginFlags plugins = new PluginFlags();

  @Mixin RedactionRules rules = new RedactionRules();

  @ArgGroup @Nullable Clusters clusters;

  @Option(
      names = "--kubeconfig",
      paramLabel = "FILE",
      description =
          "The kubeconfig; else KUBECONFIG, ~/.kube/config, or the service account of this pod.")
  @Nullable Path kubeconfig;

  @ArgGroup(exclusive = false, heading = "%nWhat to collect from:%n")
  ScopeFlags scope = new ScopeFlags();

  @ArgGroup(exclusive = false, heading = "%nHow much of the logs:%n")
  LogFlags logs = new LogFlags();

  @Option(
      names = "--concurrency",
      paramLabel = "N",
      description = "Requests at a time, over all clusters (default: ${DEFAULT-VALUE}).")
  int concurrency = CollectionOptions.defaults().concurrency();

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      converter = DurationText.class,
      description =
          "Time for the whole run, such as 10m (default: 30m). Then the archive is closed with what"
              + " there is.")
  Duration timeout = CollectionOptions.defaults().runTimeout();

  @Option(
      names = "--item-timeout",
      paramLabel = "DURATION",
      converter = DurationText.class,
      description = "Time for one answer, log or page of a list (default: 60s).")
  Duration itemTimeout = CollectionOptions.defaults().itemTimeout();

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
      names = "--dry-run",
      description = "Say what would be collected and which rights are missing; collect nothing.")
  boolean dryRun;

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

  /// @param workloads what the command line names, such as `deploy/reviews`
  /// @param now when the run starts
  CollectionOptions options(List<String> workloads, Instant now) {
    return CollectionOptions.defaults()
        .withScope(scope.scope(workloads))
        .withLogs(logs.window(now))
        .withConcurrency(concurrency)
        .withItemTimeout(itemTimeout)
        .withRunTimeout(timeout);
  }
}
