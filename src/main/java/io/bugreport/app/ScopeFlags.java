package io.bugreport.app;

import io.bugreport.collector.selection.LabelSelector;
import io.bugreport.collector.selection.Role;
import io.bugreport.collector.selection.Scope;
import io.bugreport.collector.selection.Selection;
import io.bugreport.collector.selection.WorkloadName;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which namespaces, pods and objects a run is about.
final class ScopeFlags {
  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAME",
      split = ",",
      description =
          "Collect from these namespaces alone, and from the control plane; may be given again.")
  List<String> namespaces = new ArrayList<>();

  @Option(
      names = {"-A", "--all-namespaces"},
      description = "From every namespace, Kubernetes' own (kube-system and the like) included.")
  boolean all;

  @Option(
      names = {"-l", "--selector"},
      paramLabel = "LABELS",
      description = "Pods with these labels alone, as kubectl takes them: app=web,tier!=db.")
  @Nullable String labels;

  @Option(
      names = "--role",
      paramLabel = "ROLE",
      split = ",",
      description =
          "Pods of these roles alone, and istiod: istiod, gateway, waypoint, ztunnel, cni, sidecar or plain.")
  List<String> roles = new ArrayList<>();

  @Option(
      names = "--include",
      paramLabel = "SPEC",
      description =
          "Pods that match namespaces/workloads/pods/labels/annotations/containers, as istioctl writes it; given again, those that match any.")
  List<String> includes = new ArrayList<>();

  @Option(
      names = "--exclude",
      paramLabel = "SPEC",
      description = "No pods that match; beats everything else.")
  List<String> excludes = new ArrayList<>();

  @Option(
      names = "--per-workload",
      paramLabel = "N",
      description = "From at most N pods of each workload; those in trouble first. Of istiod all.")
  int perWorkload;

  @Option(
      names = "--no-control-plane",
      description =
          "Without istiod, gateways, waypoints, ztunnels and CNI agents unless they are selected.")
  boolean noControlPlane;

  @Option(names = "--no-cluster-scoped", description = "Without objects that have no namespace.")
  boolean noClusterScoped;

  @Option(
      names = "--no-secrets",
      description = "Do not list Secrets. Their values are kept in no case.")
  boolean noSecrets;

  @Option(
      names = "--istio-namespace",
      paramLabel = "NAME",
      description = "Where the control plane is (default: istio-system).")
  String istioNamespace = Scope.everything().istioNamespace();

  /// @param workloads what the command line names, such as `deploy/reviews`
  Scope scope(List<String> workloads) {
    if (all && !namespaces.isEmpty()) {
      throw new Failure(
          "-A and -n contradict each other", "Give one of them: every namespace, or the named.");
    }
    try {
      return new Scope(
          new TreeSet<>(namespaces),
          all,
          Selection.of(includes, excludes),
          labels == null ? LabelSelector.any() : LabelSelector.parse(labels),
          workloads.stream().map(WorkloadName::parse).toList(),
          roles(),
          perWorkload,
          !noControlPlane,
          !noClusterScoped,
          !noSecrets,
          istioNamespace);
    } catch (IllegalArgumentException e) {
      throw new Failure(String.valueOf(e.getMessage()), "See: bug-report collect --help");
    }
  }

  private EnumSet<Role> roles() {
    var all = EnumSet.noneOf(Role.class);
    for (var word : roles) {
      all.add(
          Role.of(word)
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "\"" + word + "\" is no role; there are: " + Role.words())));
    }
    return all;
  }
}
