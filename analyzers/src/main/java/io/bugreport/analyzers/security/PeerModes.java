package io.bugreport.analyzers.security;

import io.bugreport.model.resource.Resource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// What mutual TLS workloads take, by the `PeerAuthentication` objects of a mesh: that of a
/// workload counts before that of its namespace, and that before the mesh's. Of several, the
/// oldest.
///
/// Source: Istio, "PeerAuthentication".
final class PeerModes {
  private static final String INHERITED = "UNSET";

  private final List<Resource> policies;
  private final String root;

  /// @param root the namespace whose policies hold for the whole mesh
  PeerModes(Collection<Resource> policies, String root) {
    this.policies =
        policies.stream()
            .sorted(
                java.util.Comparator.comparing((Resource p) -> p.text("metadata.creationTimestamp"))
                    .thenComparing(Resource::id))
            .toList();
    this.root = root;
  }

  /// `STRICT`, `PERMISSIVE` or `DISABLE`; a policy for single ports makes it `PERMISSIVE`, since it
  /// depends on the port.
  String mode(Resource pod) {
    return of(pod)
        .map(p -> p.field("spec.portLevelMtls").isPresent() ? "" : p.text("spec.mtls.mode"))
        .filter(mode -> !mode.isEmpty())
        .orElse("PERMISSIVE");
  }

  /// The policy that decides for a pod.
  Optional<Resource> of(Resource pod) {
    return policies.stream()
        .filter(p -> p.namespace().equals(pod.namespace()) && isOfWorkloads(p))
        .filter(p -> isSet(p) || p.field("spec.portLevelMtls").isPresent())
        .filter(p -> pod.isSelectedBy(p.texts("spec.selector.matchLabels")))
        .findFirst()
        .or(() -> wide(pod, pod.namespace()))
        .or(() -> wide(pod, root));
  }

  private Optional<Resource> wide(Resource pod, String namespace) {
    return policies.stream()
        .filter(p -> p.id().cluster().equals(pod.id().cluster()))
        .filter(p -> p.namespace().equals(namespace) && !isOfWorkloads(p) && isSet(p))
        .findFirst();
  }

  private static boolean isOfWorkloads(Resource policy) {
    return !policy.texts("spec.selector.matchLabels").isEmpty();
  }

  private static boolean isSet(Resource policy) {
    var mode = policy.text("spec.mtls.mode");
    return !mode.isEmpty() && !mode.equals(INHERITED);
  }
}
