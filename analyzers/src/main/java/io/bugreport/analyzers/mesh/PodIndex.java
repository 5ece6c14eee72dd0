package io.bugreport.analyzers.mesh;

import io.bugreport.model.resource.Resource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Finds objects by their labels without looking at all of them.
public final class PodIndex {
  private final List<Resource> all;
  private final Map<Map.Entry<String, String>, List<Resource>> byLabel = new HashMap<>();
  private final Map<String, List<Resource>> byNamespace = new HashMap<>();

  public PodIndex(Collection<Resource> pods) {
    all = List.copyOf(pods);
    for (var pod : all) {
      byNamespace.computeIfAbsent(pod.namespace(), _ -> new ArrayList<>()).add(pod);
      pod.labels()
          .forEach(
              (name, value) ->
                  byLabel.computeIfAbsent(Map.entry(name, value), _ -> new ArrayList<>()).add(pod));
    }
  }

  /// The pods of any namespace that have all labels of a selector; an empty one selects all.
  public List<Resource> selected(Map<String, String> selector) {
    return among(all, selector).stream().filter(pod -> pod.isSelectedBy(selector)).toList();
  }

  /// The pods of one namespace that have all labels of a selector; an empty one selects all.
  public List<Resource> selected(String namespace, Map<String, String> selector) {
    return among(byNamespace.getOrDefault(namespace, List.of()), selector).stream()
        .filter(pod -> pod.namespace().equals(namespace) && pod.isSelectedBy(selector))
        .toList();
  }

  /// The shortest list that holds every pod which a selector selects.
  private List<Resource> among(List<Resource> atMost, Map<String, String> selector) {
    var shortest = atMost;
    for (var label : selector.entrySet()) {
      var labelled = byLabel.getOrDefault(Map.entry(label.getKey(), label.getValue()), List.of());
      if (labelled.size() < shortest.size()) {
        shortest = labelled;
      }
    }
    return shortest;
  }
}
