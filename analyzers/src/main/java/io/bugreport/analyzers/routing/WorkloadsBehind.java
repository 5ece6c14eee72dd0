package io.bugreport.analyzers.routing;

import io.bugreport.analyzers.mesh.PodIndex;
import io.bugreport.analyzers.mesh.Workloads;
import io.bugreport.model.resource.Resource;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// What lies behind a Service or a ServiceEntry, by its labels.
final class WorkloadsBehind {
  /// Labels that a workload has from the node that it runs on.
  private static final Set<String> OF_NODE =
      Set.of(
          "topology.kubernetes.io/region",
          "topology.kubernetes.io/zone",
          "topology.istio.io/subzone",
          "kubernetes.io/hostname");

  /// Labels that istiod adds by itself, and that no object shows.
  private static final Set<String> OF_CLUSTER =
      Set.of("topology.istio.io/cluster", "topology.istio.io/network");

  private final PodIndex pods;
  private final Workloads workloads;
  private final Map<String, Map<String, String>> nodes = new HashMap<>();

  WorkloadsBehind(Collection<Resource> pods, Collection<Resource> nodes, Workloads workloads) {
    this.pods = new PodIndex(pods);
    this.workloads = workloads;
    for (var node : nodes) {
      this.nodes.put(node.id().cluster() + "/" + node.name(), node.labels());
    }
  }

  /// Whether some workload behind a host has these labels, or may have.
  boolean mayHave(Resource host, Map<String, String> labels) {
    var isService = host.id().kind().equals("Service");
    var selector = host.texts(isService ? "spec.selector" : "spec.workloadSelector.labels");
    if (selector.isEmpty()) {
      return isService || endpointHas(host, labels);
    }
    var own = new HashMap<>(labels);
    own.keySet().removeAll(OF_CLUSTER);
    own.keySet().removeAll(OF_NODE);
    var contradictory =
        selector.entrySet().stream()
            .anyMatch(
                label ->
                    !own.getOrDefault(label.getKey(), label.getValue()).equals(label.getValue()));
    if (contradictory) {
      return false;
    }
    own.putAll(selector);
    return pods.selected(host.namespace(), own).stream().anyMatch(pod -> isOnNode(pod, labels))
        || workloads.haveLabels(host.namespace(), own);
  }

  private static boolean endpointHas(Resource entry, Map<String, String> labels) {
    return entry.fields("spec.endpoints.*").stream()
        .anyMatch(
            endpoint ->
                endpoint
                    .named("labels")
                    .map(Workloads::labels)
                    .orElse(Map.of())
                    .entrySet()
                    .containsAll(labels.entrySet()));
  }

  private boolean isOnNode(Resource pod, Map<String, String> labels) {
    var node = pod.text("spec.nodeName");
    var ofNode = nodes.get(pod.id().cluster() + "/" + node);
    if (ofNode == null) {
      // A node that is not in the snapshot may have any labels; a pod that waits for one has none.
      return !node.isEmpty() || Collections.disjoint(OF_NODE, labels.keySet());
    }
    return labels.entrySet().stream()
        .filter(label -> OF_NODE.contains(label.getKey()))
        .allMatch(
            label ->
                label.getValue().equals(pod.labels().get(label.getKey()))
                    || label.getValue().equals(ofNode.get(label.getKey()))
                    || (label.getKey().equals("kubernetes.io/hostname")
                        && label.getValue().equals(node)));
  }
}
