package io.bugreport.collector.selection;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.TreeSet;

/// What a run is about: which namespaces, which pods in them, and what is taken in any case.
///
/// A pod is taken when it lies in one of the namespaces and the includes, the labels, the workloads
/// and the roles all allow it. What serves the mesh (istiod, gateways, waypoints, ztunnels, CNI
/// agents) is taken wherever it is, since nothing can be understood without it; with roles named,
/// that is istiod alone. An exclude beats everything.
///
/// @param namespaces the only namespaces that are wanted; empty for all
/// @param system whether Kubernetes' own namespaces are wanted as well
/// @param selection the includes and excludes
/// @param labels what the pods' labels must say
/// @param workloads the only workloads that are wanted; empty for all
/// @param roles the only roles that are wanted; empty for all
/// @param perWorkload how many pods are taken of one workload; 0 for all
/// @param infrastructure whether what serves the mesh is taken in any case
/// @param clusterScoped whether objects without a namespace are collected
/// @param secrets whether Secrets are listed; their values are kept in no case
/// @param istioNamespace where the control plane and the mesh-wide configuration are
public record Scope(
    SequencedSet<String> namespaces,
    boolean system,
    Selection selection,
    LabelSelector labels,
    List<WorkloadName> workloads,
    Set<Role> roles,
    int perWorkload,
    boolean infrastructure,
    boolean clusterScoped,
    boolean secrets,
    String istioNamespace) {

  public Scope {
    namespaces = Collections.unmodifiableSequencedSet(new TreeSet<>(namespaces));
    workloads = List.copyOf(workloads);
    roles = roles.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(roles));
    if (namespaces.stream().anyMatch(String::isBlank) || istioNamespace.isBlank()) {
      throw new IllegalArgumentException("cannot collect with a namespace without a name");
    }
    if (perWorkload < 0) {
      throw new IllegalArgumentException("cannot collect " + perWorkload + " pods per workload");
    }
  }

  /// The whole mesh and the whole cluster.
  public static Scope everything() {
    return new Scope(
        new TreeSet<>(),
        false,
        Selection.everything(),
        LabelSelector.any(),
        List.of(),
        Set.of(),
        0,
        true,
        true,
        true,
        "istio-system");
  }

  /// The same in these namespaces alone.
  public Scope in(SequencedSet<String> only) {
    return new Scope(
        only,
        system,
        selection,
        labels,
        workloads,
        roles,
        perWorkload,
        infrastructure,
        clusterScoped,
        secrets,
        istioNamespace);
  }

  /// Whether a pod's logs and answers are collected.
  public boolean takes(Candidate pod) {
    if (selection.excludes(pod)) {
      return false;
    }
    return isAlwaysTaken(pod.role()) || isAskedFor(pod);
  }

  private boolean isAlwaysTaken(Role role) {
    return infrastructure && (roles.isEmpty() ? role.isInfrastructure() : role == Role.ISTIOD);
  }

  private boolean isAskedFor(Candidate pod) {
    var named = system || namespaces.contains(pod.namespace());
    return (namespaces.isEmpty() || namespaces.contains(pod.namespace()))
        && (named ? selection.includes(pod) : selection.takes(pod))
        && labels.matches(pod.labels())
        && (workloads.isEmpty() || workloads.stream().anyMatch(w -> w.matches(pod)))
        && (roles.isEmpty() || roles.contains(pod.role()));
  }

  /// Whether proxies of this namespace are of interest to what istiod is asked.
  public boolean reaches(String namespace) {
    return (namespaces.isEmpty() || namespaces.contains(namespace))
        && selection.includesSomeOf(namespace)
        && !selection.excludesAllOf(namespace);
  }

  /// Whether objects of a namespace are collected: those of the namespaces that the run is about,
  /// and the mesh-wide configuration.
  public boolean takesObjectsOf(String namespace) {
    if (selection.excludesAllOf(namespace)) {
      return false;
    }
    return (infrastructure && namespace.equals(istioNamespace))
        || ((namespaces.isEmpty() || namespaces.contains(namespace))
            && selection.includesSomeOf(namespace)
            && (workloads.isEmpty() || workloads.stream().anyMatch(w -> reaches(w, namespace))));
  }

  /// Whether a namespace whose objects are not collected may have pods that serve the mesh, which
  /// are looked for and taken in any case.
  public boolean looksOutsideInto(String namespace) {
    return looksOutside() && !takesObjectsOf(namespace) && !selection.excludesAllOf(namespace);
  }

  /// Whether pods that serve the mesh are looked for outside of the namespaces that are listed.
  public boolean looksOutside() {
    return infrastructure && roles.stream().allMatch(Role::isInfrastructure);
  }

  private static boolean reaches(WorkloadName workload, String namespace) {
    return workload.namespace().map(glob -> glob.matches(namespace)).orElse(true);
  }

  /// The only namespaces that a run must look into, the control plane's included; empty where it
  /// has to look into all.
  public SequencedSet<String> namespacesToList() {
    var all = new TreeSet<>(namespaces.isEmpty() ? selection.literalNamespaces() : namespaces);
    if (all.isEmpty()) {
      var named = workloads.stream().map(WorkloadName::literalNamespace).toList();
      if (named.stream().allMatch(Optional::isPresent)) {
        named.forEach(n -> n.ifPresent(all::add));
      }
    }
    if (!all.isEmpty() && infrastructure) {
      all.add(istioNamespace);
    }
    all.removeIf(selection::excludesAllOf);
    return all;
  }
}
