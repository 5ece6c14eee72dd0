package io.bugreport.app;

import io.bugreport.app.collect.Contexts;
import io.bugreport.app.collect.UnknownContextException;
import io.bugreport.collector.ClusterTarget;
import io.bugreport.collector.CollectionOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/// What can be said about a collection on the command line; kubectl's own flags where kubectl has
/// one.
final class CollectFlags extends RunFlags {

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

  @ArgGroup @Nullable Clusters clusters;

  @Option(
      names = "--kubeconfig",
      paramLabel = "FILE",
      description =
          "The kubeconfig; else KUBECONFIG, ~/.kube/config, or the service account of this pod.")
  @Nullable Path kubeconfig;

  @ArgGroup(exclusive = false, heading = "%nWhat to collect from:%n")
  ScopeFlags scope = new ScopeFlags();

  @Option(
      names = "--concurrency",
      paramLabel = "N",
      description = "Requests at a time, over all clusters (default: ${DEFAULT-VALUE}).")
  int concurrency = CollectionOptions.defaults().concurrency();

  @Option(
      names = "--item-timeout",
      paramLabel = "DURATION",
      converter = DurationText.class,
      description = "Time for one answer, log or page of a list (default: 60s).")
  Duration itemTimeout = CollectionOptions.defaults().itemTimeout();

  @Option(
      names = "--dry-run",
      description = "Say what would be collected and which rights are missing; collect nothing.")
  boolean dryRun;

  @Override
  boolean isDryRun() {
    return dryRun;
  }

  @Override
  CollectionOptions options(List<String> workloads, Instant now) {
    return super.options(workloads, now)
        .withScope(scope.scope(workloads))
        .withConcurrency(concurrency)
        .withItemTimeout(itemTimeout);
  }

  /// The clusters that the flags name.
  List<ClusterTarget> targets() throws IOException {
    var contexts = new Contexts(kubeconfig);
    try {
      if (clusters == null) {
        return contexts.current();
      }
      return clusters.all ? contexts.all() : contexts.named(clusters.contexts);
    } catch (UnknownContextException e) {
      throw new Failure(String.valueOf(e.getMessage()), e.advice());
    }
  }
}
