package io.bugreport.report.mesh;

import io.bugreport.model.resource.ResourceId;
import io.bugreport.model.snapshot.Snapshot;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// The objects of all clusters and what leads from one to the other: gateway → route → service →
/// workload → policy.
public final class MeshGraph {
  private final Map<ResourceId, List<Edge>> from = new HashMap<>();
  private final Map<ResourceId, List<Edge>> to = new HashMap<>();
  private final Map<String, Workloads> workloads = new TreeMap<>();
  private final Map<String, String> rootNamespaces = new HashMap<>();
  private final Set<Edge> edges = new LinkedHashSet<>();

  private final List<String> notes = new ArrayList<>();

  private MeshGraph() {}

  /// Reads a snapshot. What cannot be read is not in the graph, and noted.
  public static MeshGraph of(Snapshot snapshot) {
    var reading = new Reading();
    var graph = new MeshGraph();
    for (var cluster : snapshot.clusters()) {
      graph.workloads.put(cluster.name(), new Workloads(cluster, reading));
      graph.rootNamespaces.put(cluster.name(), RootNamespace.of(cluster, reading));
      new ClusterEdges(snapshot, cluster, reading, graph).add();
    }
    graph.notes.addAll(reading.notes());
    return graph;
  }

  /// What could not be read, and why.
  public List<String> notes() {
    return List.copyOf(notes);
  }

  Workloads workloads(String cluster) {
    var known = workloads.get(cluster);
    if (known == null) {
      throw new IllegalArgumentException("no cluster " + cluster);
    }
    return known;
  }

  /// The namespace whose policies count for the whole mesh.
  String rootNamespace(String cluster) {
    return Objects.requireNonNull(rootNamespaces.get(cluster), cluster);
  }

  void add(ResourceId source, ResourceId target, String badge) {
    var edge = new Edge(source, target, badge);
    if (edges.add(edge)) {
      from.computeIfAbsent(source, _ -> new ArrayList<>()).add(edge);
      to.computeIfAbsent(target, _ -> new ArrayList<>()).add(edge);
    }
  }

  /// What leads away from an object.
  public List<Edge> from(ResourceId id) {
    return List.copyOf(from.getOrDefault(id, List.of()));
  }

  /// What leads to an object.
  public List<Edge> to(ResourceId id) {
    return List.copyOf(to.getOrDefault(id, List.of()));
  }

  /// How many workloads a namespace has; those of the whole cluster where it has no name.
  public int workloadsIn(String cluster, String namespace) {
    var known = workloads.get(cluster);
    if (known == null) {
      return 0;
    }
    return namespace.isEmpty() ? known.all().size() : known.in(namespace).size();
  }

  /// Everything that runs in a cluster, sorted.
  public List<ResourceId> workloadsOf(String cluster) {
    var known = workloads.get(cluster);
    return known == null ? List.of() : known.all().stream().map(Workloads.Workload::id).toList();
  }

  /// The workload of a pod, or the object itself.
  public ResourceId shown(ResourceId id) {
    var cluster = workloads.get(id.cluster());
    if (cluster == null || from.containsKey(id) || to.containsKey(id)) {
      return id;
    }
    var own = cluster.of(id);
    return own.isEmpty() ? id : own.getFirst();
  }

  /// The workloads that something wrong with an object can reach: those that its requests end at,
  /// those that its rules count for, and for a control plane or an object of a whole cluster, all.
  public Set<ResourceId> reach(ResourceId id) {
    var cluster = workloads.get(id.cluster());
    if (cluster == null) {
      return Set.of();
    }
    if (id.kind().equals("Namespace")) {
      return ids(cluster.in(id.name()));
    }
    if (id.kind().equals("Node")) {
      return new TreeSet<>(cluster.on(id.name()));
    }
    if (isForAll(id, cluster)) {
      return ids(cluster.all());
    }
    return id.kind().equals("Service") || Layer.of(id) != Layer.POLICY
        ? downstream(id, cluster)
        : governed(id);
  }

  private static Set<ResourceId> ids(List<Workloads.Workload> all) {
    var ids = new TreeSet<ResourceId>();
    all.forEach(workload -> ids.add(workload.id()));
    return ids;
  }

  /// Without istiod nothing in its cluster is configured, and a webhook or a mesh configuration
  /// counts everywhere.
  private boolean isForAll(ResourceId id, Workloads cluster) {
    if (id.kind().endsWith("WebhookConfiguration")) {
      return true;
    }
    if (id.kind().equals("ConfigMap")) {
      return id.namespace().equals(rootNamespace(id.cluster())) && id.name().startsWith("istio");
    }
    return cluster.of(id).stream().anyMatch(own -> own.name().startsWith("istiod"));
  }

  private Set<ResourceId> downstream(ResourceId start, Workloads cluster) {
    var reached = new TreeSet<ResourceId>(cluster.of(start));
    var seen = new TreeSet<ResourceId>(Set.of(start));
    var open = new ArrayDeque<ResourceId>(List.of(start));
    while (!open.isEmpty()) {
      for (var edge : from.getOrDefault(open.remove(), List.of())) {
        var layer = Layer.of(edge.to());
        if (layer == Layer.WORKLOAD) {
          reached.add(edge.to());
        } else if (layer != Layer.POLICY && seen.add(edge.to())) {
          open.add(edge.to());
        }
      }
    }
    return reached;
  }

  private Set<ResourceId> governed(ResourceId policy) {
    var reached = new TreeSet<ResourceId>();
    for (var edge : to.getOrDefault(policy, List.of())) {
      if (Layer.of(edge.from()) == Layer.WORKLOAD) {
        reached.add(edge.from());
      } else {
        reached.addAll(downstream(edge.from(), workloads(edge.from().cluster())));
      }
    }
    return reached;
  }
}
