package io.bugreport.app;

import io.bugreport.app.collect.Contexts;
import io.bugreport.app.collect.UnknownContextException;
import io.bugreport.collector.ClusterTarget;
import io.bugreport.collector.CollectionOptions;
import io.bugreport.collector.selection.Scope;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which live cluster is analyzed.
final class LiveFlags {
  @Option(
      names = "--live",
      description = "Read the configuration of a cluster, no logs and no proxies, and check that.")
  private boolean live;

  @Option(
      names = "--context",
      paramLabel = "NAME",
      description = "With --live: a context of the kubeconfig; may be given again.")
  private List<String> contexts = new ArrayList<>();

  @Option(
      names = "--kubeconfig",
      paramLabel = "FILE",
      description = "With --live: the kubeconfig; else KUBECONFIG or ~/.kube/config.")
  private @Nullable Path kubeconfig;

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAME",
      split = ",",
      description = "With --live: these namespaces alone, and the control plane's.")
  private List<String> namespaces = new ArrayList<>();

  /// Whether a cluster is meant.
  ///
  /// @param source what else is named
  /// @throws Failure when both are, or a cluster is described and not asked for
  boolean isAskedFor(SnapshotSource source) {
    if (live && !source.isEmpty()) {
      throw new Failure(
          "--live reads a cluster, and files are named as well",
          "Leave out the one or the others.");
    }
    if (!live && (!contexts.isEmpty() || kubeconfig != null || !namespaces.isEmpty())) {
      throw new Failure(
          "--context, --kubeconfig and -n are for a live cluster",
          "Add --live, or leave them out.");
    }
    return live;
  }

  List<ClusterTarget> targets() throws IOException {
    try {
      var known = new Contexts(kubeconfig);
      return contexts.isEmpty() ? known.current() : known.named(contexts);
    } catch (UnknownContextException e) {
      throw new Failure(String.valueOf(e.getMessage()), e.advice());
    }
  }

  CollectionOptions options() {
    return CollectionOptions.defaults()
        .withScope(Scope.everything().in(new TreeSet<>(namespaces)))
        .withConfigurationOnly(true);
  }
}
