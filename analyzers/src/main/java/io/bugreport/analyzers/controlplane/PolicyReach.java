package io.bugreport.analyzers.controlplane;

import io.bugreport.analyzers.mesh.LabelSelector;
import io.bugreport.model.resource.Field;
import io.bugreport.model.resource.Resource;
import io.bugreport.model.resource.ResourceId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What NetworkPolicies let through between two pods.
///
/// Source: Kubernetes, "Network Policies".
final class PolicyReach {
  private static final String INGRESS = "Ingress";
  private static final String EGRESS = "Egress";

  private final List<Resource> policies;
  private final Map<ResourceId, Resource> namespaces;

  PolicyReach(List<Resource> policies, Map<ResourceId, Resource> namespaces) {
    this.policies = List.copyOf(policies);
    this.namespaces = Map.copyOf(namespaces);
  }

  /// The first policy of those for which a connection does not come about; empty where it does.
  Optional<Resource> blocking(Resource from, Resource to, int port) {
    return blocking(from, to, EGRESS, port).or(() -> blocking(to, from, INGRESS, port));
  }

  /// The first policy of those for which nobody at all reaches a port of a pod.
  Optional<Resource> closed(Resource pod, int port) {
    var applying = applying(pod, INGRESS);
    return applying.stream()
            .flatMap(p -> p.fields("spec.ingress.*").stream())
            .anyMatch(rule -> allows(rule, port))
        ? Optional.empty()
        : applying.stream().findFirst();
  }

  private Optional<Resource> blocking(Resource pod, Resource peer, String direction, int port) {
    var applying = applying(pod, direction);
    var rules = direction.equals(INGRESS) ? "spec.ingress.*" : "spec.egress.*";
    var peers = direction.equals(INGRESS) ? "from" : "to";
    for (var policy : applying) {
      for (var rule : policy.fields(rules)) {
        if (allows(rule, port) && names(rule.fields(peers + ".*"), policy, peer)) {
          return Optional.empty();
        }
      }
    }
    return applying.stream().findFirst();
  }

  private List<Resource> applying(Resource pod, String direction) {
    return policies.stream()
        .filter(p -> p.id().cluster().equals(pod.id().cluster()))
        .filter(p -> p.namespace().equals(pod.namespace()) && isOf(p, direction))
        .filter(p -> LabelSelector.of(p.field("spec.podSelector")).selects(pod.labels()))
        .toList();
  }

  /// Without types, a policy is of ingress, and of egress where it has rules for it.
  private static boolean isOf(Resource policy, String direction) {
    var types = policy.fields("spec.policyTypes.*").stream().map(Field::text).toList();
    return types.isEmpty()
        ? direction.equals(INGRESS) || policy.field("spec.egress").isPresent()
        : types.contains(direction);
  }

  private static boolean allows(Field rule, int port) {
    var ports = rule.fields("ports.*");
    return ports.isEmpty() || ports.stream().anyMatch(p -> covers(p, port));
  }

  private static boolean covers(Field range, int port) {
    if (range.text("protocol").equals("UDP")) {
      return false;
    }
    var first = range.field("port");
    if (first.isEmpty()) {
      return true;
    }
    var number = first.flatMap(Field::number);
    if (number.isEmpty()) {
      return true; // a name, which may be that of any port
    }
    var last = range.field("endPort").flatMap(Field::number).orElse(number.get());
    return number.get() <= port && port <= last;
  }

  private boolean names(List<Field> peers, Resource policy, Resource pod) {
    return peers.isEmpty() || peers.stream().anyMatch(peer -> isNamed(peer, policy, pod));
  }

  private boolean isNamed(Field peer, Resource policy, Resource pod) {
    if (peer.named("ipBlock").isPresent()) {
      return true;
    }
    var ofNamespaces = peer.named("namespaceSelector");
    var inNamespace =
        ofNamespaces.isEmpty()
            ? policy.namespace().equals(pod.namespace())
            : LabelSelector.of(ofNamespaces).selects(namespaceLabels(pod));
    return inNamespace && LabelSelector.matches(peer, "podSelector", pod.labels());
  }

  private Map<String, String> namespaceLabels(Resource pod) {
    var id = new ResourceId(pod.id().cluster(), "", "Namespace", "", pod.namespace());
    var namespace = namespaces.get(id);
    var labels = new HashMap<String, String>();
    // The API server sets it on every namespace; exports may lack it.
    labels.put("kubernetes.io/metadata.name", pod.namespace());
    if (namespace != null) {
      labels.putAll(namespace.labels());
    }
    return labels;
  }
}
