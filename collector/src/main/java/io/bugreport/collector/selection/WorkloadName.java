package io.bugreport.collector.selection;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A workload named on the command line: `deploy/reviews`, `pod/reviews-v1-x`, or with its
/// namespace first, `bookinfo/deploy/reviews`. Names may hold the wildcards `*` and `?`.
public final class WorkloadName {
  /// What kubectl calls the kinds that own pods.
  private static final Map<String, String> KINDS =
      Map.ofEntries(
          Map.entry("po", "Pod"),
          Map.entry("pod", "Pod"),
          Map.entry("pods", "Pod"),
          Map.entry("deploy", "Deployment"),
          Map.entry("deployment", "Deployment"),
          Map.entry("deployments", "Deployment"),
          Map.entry("sts", "StatefulSet"),
          Map.entry("statefulset", "StatefulSet"),
          Map.entry("statefulsets", "StatefulSet"),
          Map.entry("ds", "DaemonSet"),
          Map.entry("daemonset", "DaemonSet"),
          Map.entry("daemonsets", "DaemonSet"),
          Map.entry("job", "Job"),
          Map.entry("jobs", "Job"),
          Map.entry("cj", "CronJob"),
          Map.entry("cronjob", "CronJob"),
          Map.entry("cronjobs", "CronJob"),
          Map.entry("rs", "ReplicaSet"),
          Map.entry("replicaset", "ReplicaSet"),
          Map.entry("replicasets", "ReplicaSet"),
          Map.entry("rc", "ReplicationController"),
          Map.entry("replicationcontroller", "ReplicationController"),
          Map.entry("replicationcontrollers", "ReplicationController"),
          Map.entry("dc", "DeploymentConfig"),
          Map.entry("deploymentconfig", "DeploymentConfig"),
          Map.entry("rollout", "Rollout"),
          Map.entry("rollouts", "Rollout"));

  private final Optional<Glob> namespace;
  private final String kind;
  private final Glob name;

  private WorkloadName(Optional<Glob> namespace, String kind, Glob name) {
    this.namespace = namespace;
    this.kind = kind;
    this.name = name;
  }

  /// Reads one.
  ///
  /// @throws IllegalArgumentException with a sentence for the user when it is none
  public static WorkloadName parse(String text) {
    var parts = List.of(text.strip().split("/", -1));
    var plain = parts.size() == 2 || parts.size() == 3;
    if (!plain || parts.stream().anyMatch(String::isBlank)) {
      throw refused(text, "is no workload");
    }
    var kind = KINDS.get(parts.get(parts.size() - 2).toLowerCase(Locale.ROOT));
    if (kind == null) {
      throw refused(text, "names the unknown kind \"" + parts.get(parts.size() - 2) + "\"");
    }
    return new WorkloadName(
        parts.size() == 3 ? Optional.of(new Glob(parts.getFirst())) : Optional.empty(),
        kind,
        new Glob(parts.getLast()));
  }

  private static IllegalArgumentException refused(String text, String why) {
    return new IllegalArgumentException(
        "\"" + text + "\" " + why + "; write deploy/reviews, bookinfo/sts/db or pod/reviews-v1-x");
  }

  boolean matches(Candidate pod) {
    return namespace.map(glob -> glob.matches(pod.namespace())).orElse(true)
        && (kind.equals("Pod")
            ? name.matches(pod.pod())
            : kind.equals(pod.kind()) && name.matches(pod.workload()));
  }

  /// The one namespace it lies in; empty where that may be several.
  Optional<String> literalNamespace() {
    return namespace.filter(Glob::isLiteral).map(Glob::pattern);
  }

  Optional<Glob> namespace() {
    return namespace;
  }
}
