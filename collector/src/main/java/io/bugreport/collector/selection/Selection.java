package io.bugreport.collector.selection;

import java.util.List;
import java.util.SequencedSet;
import java.util.Set;
import java.util.TreeSet;

/// The pods that a run collects from. One matching include is enough; an exclude beats any include.
/// Kubernetes' own namespaces are left out unless an include names them in full.
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
    return !excludes(pod)
        && (!isSystem(pod.namespace())
            || includes.stream().anyMatch(spec -> spec.namesNamespace(pod.namespace())))
        && includes(pod);
  }

  /// Whether an include asks for this pod; so does the lack of any.
  boolean includes(Candidate pod) {
    return includes.isEmpty() || includes.stream().anyMatch(spec -> spec.matches(pod));
  }

  /// Whether an exclude forbids this pod.
  boolean excludes(Candidate pod) {
    return excludes.stream().anyMatch(spec -> spec.matches(pod));
  }

  /// Whether an include reaches into this namespace; so does the lack of any.
  boolean includesSomeOf(String namespace) {
    return includes.isEmpty() || includes.stream().anyMatch(spec -> spec.reaches(namespace));
  }

  /// Whether an exclude forbids everything in this namespace.
  boolean excludesAllOf(String namespace) {
    return excludes.stream().anyMatch(spec -> spec.isNamespaceAlone() && spec.reaches(namespace));
  }

  /// The only namespaces that the includes reach into; empty where that is open.
  SequencedSet<String> literalNamespaces() {
    var all = new TreeSet<String>();
    for (var spec : includes) {
      var literal = spec.literalNamespaces();
      if (literal.isEmpty()) {
        return new TreeSet<>();
      }
      all.addAll(literal);
    }
    return all;
  }

  /// Whether this namespace is one of Kubernetes' own.
  static boolean isSystem(String namespace) {
    return SYSTEM.contains(namespace);
  }
}
