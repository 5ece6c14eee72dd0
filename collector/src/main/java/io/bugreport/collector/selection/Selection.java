package io.bugreport.collector.selection;

import java.util.List;
import java.util.Set;

/// The pods that a run collects from. One matching include is enough; an exclude beats any include.
/// Kubernetes' own namespaces are left out unless an include names them in full. The control plane
/// and its gateways are not subject to this: a run is never without them.
public final class Selection {
  private static final Set<String> SYSTEM =
      Set.of("kube-node-lease", "kube-public", "kube-system", "local-path-storage");

  private final List<SelectionSpec> includes;
  private final List<SelectionSpec> excludes;

  private Selection(List<SelectionSpec> includes, List<SelectionSpec> excludes) {
    this.includes = List.copyOf(includes);
    this.excludes = List.copyOf(excludes);
  }

  /// Every pod outside Kubernetes' own namespaces.
  public static Selection everything() {
    return new Selection(List.of(), List.of());
  }

  /// Reads the values of `--include` and `--exclude`.
  ///
  /// @throws IllegalArgumentException with a sentence for the user when one breaks the grammar
  public static Selection of(List<String> includes, List<String> excludes) {
    return new Selection(
        includes.stream().filter(s -> !s.isBlank()).map(SelectionSpec::parse).toList(),
        excludes.stream().filter(s -> !s.isBlank()).map(SelectionSpec::parse).toList());
  }

  /// Whether this pod is one of them.
  public boolean takes(Candidate pod) {
    if (excludes.stream().anyMatch(spec -> spec.matches(pod))) {
      return false;
    }
    if (SYSTEM.contains(pod.namespace())
        && includes.stream().noneMatch(spec -> spec.namesNamespace(pod.namespace()))) {
      return false;
    }
    return includes.isEmpty() || includes.stream().anyMatch(spec -> spec.matches(pod));
  }
}
