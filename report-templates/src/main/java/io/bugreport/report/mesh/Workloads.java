package io.bugreport.report.mesh;

import io.bugreport.model.resource.Field;
import io.bugreport.model.resource.Resource;
import io.bugreport.model.resource.ResourceId;
import io.bugreport.model.resource.ResourceKind;
import io.bugreport.model.snapshot.Cluster;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/// What runs in one cluster: pods under the name of what keeps them running, and virtual machines.
final class Workloads {
  /// Something that runs.
  ///
  /// @param labels those of its pods, or of its entry
  /// @param proxied whether a sidecar stands before any of its pods
  /// @param bare whether any of its pods has none
  record Workload(ResourceId id, Map<String, String> labels, boolean proxied, boolean bare) {
    /// The same with one more pod.
    Workload and(Workload pod) {
      return new Workload(id, labels, proxied || pod.proxied, bare || pod.bare);
    }

    /// Whether a selector chooses it; an empty one chooses nothing.
    boolean isSelectedBy(Map<String, String> selector) {
      return !selector.isEmpty() && labels.entrySet().containsAll(selector.entrySet());
    }
  }

  private final SequencedMap<ResourceId, Workload> byId = new TreeMap<>();
  private final Map<ResourceId, ResourceId> ofPod = new HashMap<>();
  private final Map<String, List<Workload>> byNamespace = new HashMap<>();
  private final Map<String, List<ResourceId>> byNode = new HashMap<>();

  Workloads(Cluster cluster, Reading reading) {
    Map<String, Resource> replicaSets = new HashMap<>();
    for (var set : reading.all(cluster, ResourceKind.REPLICA_SET)) {
      replicaSets.put(set.namespace() + "/" + set.name(), set);
    }
    for (var pod : reading.all(cluster, ResourceKind.POD)) {
      var id = owner(pod, replicaSets);
      ofPod.put(pod.id(), id);
      byNode.computeIfAbsent(pod.text("spec.nodeName"), _ -> new ArrayList<>()).add(id);
      var proxied = hasProxy(pod);
      byId.merge(id, new Workload(id, pod.labels(), proxied, !proxied), Workload::and);
    }
    for (var entry : reading.all(cluster, ResourceKind.WORKLOAD_ENTRY)) {
      byId.put(entry.id(), new Workload(entry.id(), entry.texts("spec.labels"), true, false));
    }
    for (var workload : byId.values()) {
      byNamespace.computeIfAbsent(workload.id().namespace(), _ -> new ArrayList<>()).add(workload);
    }
  }

  private static ResourceId owner(Resource pod, Map<String, Resource> replicaSets) {
    var owner = controller(pod);
    if (owner.isEmpty()) {
      return pod.id();
    }
    if (owner.getFirst().text("kind").equals("ReplicaSet")) {
      var set = replicaSets.get(pod.namespace() + "/" + owner.getFirst().text("name"));
      if (set != null && !controller(set).isEmpty()) {
        owner = controller(set);
      }
    }
    return id(pod, owner.getFirst());
  }

  private static List<Field> controller(Resource object) {
    return object.fields("metadata.ownerReferences.*").stream()
        .filter(owner -> owner.text("controller").equals("true"))
        .filter(owner -> !owner.text("name").isEmpty() && !owner.text("kind").isEmpty())
        .limit(1)
        .toList();
  }

  private static ResourceId id(Resource pod, Field owner) {
    var version = owner.text("apiVersion");
    var slash = version.indexOf('/');
    return new ResourceId(
        pod.id().cluster(),
        slash < 0 ? "" : version.substring(0, slash),
        owner.text("kind"),
        pod.namespace(),
        owner.text("name"));
  }

  private static boolean hasProxy(Resource pod) {
    return pod.fields("spec.containers.*.name").stream().anyMatch(Workloads::isProxy)
        || pod.fields("spec.initContainers.*.name").stream().anyMatch(Workloads::isProxy);
  }

  private static boolean isProxy(Field name) {
    return name.text().equals("istio-proxy");
  }

  /// Everything that runs, sorted.
  List<Workload> all() {
    return List.copyOf(byId.values());
  }

  /// What runs in a namespace, sorted.
  List<Workload> in(String namespace) {
    return byNamespace.getOrDefault(namespace, List.of());
  }

  /// What a selector chooses in a namespace.
  List<Workload> selected(String namespace, Map<String, String> selector) {
    return in(namespace).stream().filter(workload -> workload.isSelectedBy(selector)).toList();
  }

  /// What runs on a node.
  List<ResourceId> on(String node) {
    return byNode.getOrDefault(node, List.of());
  }

  /// The workload that an object is, or is a pod of.
  List<ResourceId> of(ResourceId id) {
    if (byId.containsKey(id)) {
      return List.of(id);
    }
    var owner = ofPod.get(id);
    if (owner != null) {
      return List.of(owner);
    }
    // Checks may name an object without its API group.
    return byId.keySet().stream()
        .filter(known -> known.kind().equals(id.kind()) && known.name().equals(id.name()))
        .filter(known -> known.namespace().equals(id.namespace()))
        .toList();
  }
}
