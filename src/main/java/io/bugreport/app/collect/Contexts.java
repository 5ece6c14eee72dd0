package io.bugreport.app.collect;

import io.bugreport.collector.ClusterTarget;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which clusters are collected from: contexts of a kubeconfig, or the cluster that this process
/// runs in.
public final class Contexts {
  private static final String IN_CLUSTER = "in-cluster";

  private final @Nullable Path kubeconfig;

  /// @param kubeconfig the file to read; null for `KUBECONFIG`, then `~/.kube/config`, then the
  ///   service account
  public Contexts(@Nullable Path kubeconfig) {
    this.kubeconfig = kubeconfig;
  }

  /// The cluster of the current context.
  public List<ClusterTarget> current() throws UnknownContextException, IOException {
    return List.of(target(null));
  }

  /// The clusters of these contexts, in their order.
  public List<ClusterTarget> named(List<String> contexts)
      throws UnknownContextException, IOException {
    List<ClusterTarget> targets = new ArrayList<>();
    for (var context : contexts) {
      targets.add(target(context));
    }
    return targets;
  }

  /// The clusters of all contexts.
  public List<ClusterTarget> all() throws UnknownContextException, IOException {
    var names = config(null).getContexts().stream().map(c -> c.getName()).sorted().toList();
    if (names.isEmpty()) {
      throw new UnknownContextException(
          source() + " names no context", "Give the kubeconfig to use with --kubeconfig FILE.");
    }
    return named(names);
  }

  private ClusterTarget target(@Nullable String context)
      throws UnknownContextException, IOException {
    var config = config(context);
    var current = config.getCurrentContext();
    if (context != null && (current == null || !context.equals(current.getName()))) {
      var known = config.getContexts().stream().map(c -> c.getName()).sorted().toList();
      throw new UnknownContextException(
          "there is no context \"" + context + "\" in " + source(),
          known.isEmpty()
              ? "It names no context at all; give another one with --kubeconfig FILE."
              : "It has: " + String.join(", ", known));
    }
    if (current == null && !isInCluster()) {
      throw new UnknownContextException(
          "no cluster to collect from: " + source() + " is not there or names no current context",
          "Give --context NAME or --kubeconfig FILE; without a cluster, try: bug-report demo");
    }
    var name = current == null ? IN_CLUSTER : current.getName();
    return new ClusterTarget(name, name, config);
  }

  private Config config(@Nullable String context) throws IOException {
    try {
      if (kubeconfig == null) {
        return Config.autoConfigure(context);
      }
      if (!Files.isReadable(kubeconfig)) {
        throw new NoSuchFileException(kubeconfig.toString());
      }
      return Config.fromKubeconfig(context, kubeconfig.toFile());
    } catch (KubernetesClientException e) {
      throw new IOException(source() + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static boolean isInCluster() {
    return System.getenv("KUBERNETES_SERVICE_HOST") != null;
  }

  private String source() {
    if (kubeconfig != null) {
      return kubeconfig.toString();
    }
    var variable = System.getenv("KUBECONFIG");
    return variable == null || variable.isBlank() ? "~/.kube/config" : variable;
  }
}
