package io.bugreport.analyzers.mesh;

import io.bugreport.model.resource.Resource;
import io.bugreport.model.resource.ResourceId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Objects of one kind that choose pods of their own namespace by labels, where at most one may
/// choose each pod: `Sidecar` and `Telemetry`.
public final class SelectorConflicts {
  /// How many others are told; who has more knows enough.
  private static final int NAMED = 5;

  private final String path;
  private final Map<Resource, List<Resource>> chosen = new LinkedHashMap<>();
  private final Map<Key, List<Resource>> choosers = new HashMap<>();

  /// A pod, as the objects of one cluster see it.
  private record Key(String cluster, ResourceId pod) {}

  /// @param path where the objects have their labels
  public SelectorConflicts(Collection<Resource> objects, String path, PodIndex pods) {
    this.path = path;
    for (var object : objects) {
      if (!object.texts(path).isEmpty()) {
        var selected = pods.selected(object.namespace(), object.texts(path));
        chosen.put(object, selected);
        for (var pod : selected) {
          choosers
              .computeIfAbsent(new Key(object.id().cluster(), pod.id()), _ -> new ArrayList<>())
              .add(object);
        }
      }
    }
  }

  /// The objects that have a selector, with the pods that it chooses.
  public Map<Resource, List<Resource>> chosen() {
    return chosen;
  }

  /// Whether an object has labels to choose by.
  public boolean selects(Resource object) {
    return !object.texts(path).isEmpty();
  }

  /// The pods that an object shares with others, by what it shares them with: one pod for each set
  /// of others, as the replicas of a workload all tell the same.
  public Map<String, Shared> shared(Resource object) {
    Map<String, Shared> shared = new TreeMap<>();
    for (var pod : chosen.getOrDefault(object, List.of())) {
      var others =
          choosers.getOrDefault(new Key(object.id().cluster(), pod.id()), List.of()).stream()
              .filter(other -> !other.id().equals(object.id()))
              .limit(NAMED)
              .toList();
      if (!others.isEmpty()) {
        shared.putIfAbsent(
            String.join(", ", others.stream().map(Resource::name).toList()),
            new Shared(pod, others));
      }
    }
    return shared;
  }

  /// A pod that others choose as well.
  public record Shared(Resource pod, List<Resource> others) {
    public Shared {
      others = List.copyOf(others);
    }
  }
}
