package io.bugreport.app.serve.api;

import io.bugreport.model.archive.Layout.Run;
import io.bugreport.model.snapshot.CollectedItem;
import io.bugreport.model.snapshot.ItemId;
import io.bugreport.model.snapshot.Outcome;
import io.bugreport.model.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a snapshot says about its own gaps, so that an empty list is never taken for an empty mesh.
final class Coverage {
  private final String cluster;
  private final boolean recorded;
  private final Map<String, CollectedItem> items = new HashMap<>();
  private final Map<ObjectType, List<CollectedItem>> lists = new HashMap<>();

  Coverage(Snapshot snapshot, String cluster) {
    this.cluster = cluster;
    this.recorded = snapshot.isRecorded();
    for (var item : snapshot.items()) {
      var id = item.itemId();
      if (!id.cluster().equals(cluster)) {
        continue;
      }
      items.put(item.id(), item);
      if (id.source().equals(ItemId.RESOURCES) && id.parts().size() >= 2) {
        var group = id.parts().getFirst();
        lists
            .computeIfAbsent(
                new ObjectType(group.equals("core") ? "" : group, id.parts().get(1)),
                _ -> new ArrayList<>())
            .add(item);
      }
    }
  }

  /// What is missing from a list, in words; empty where all of it was collected.
  ///
  /// @param namespace empty for all
  List<String> gaps(ObjectType type, String namespace) {
    List<String> gaps = new ArrayList<>();
    for (var item : gapItems(type, namespace)) {
      var parts = item.itemId().parts();
      gaps.add(
          parts.get(1)
              + (parts.size() > 2 ? " in namespace " + parts.get(2) : "")
              + " were not all collected: "
              + item.outcome().word()
              + ": "
              + item.reason());
    }
    if (recorded && !lists.containsKey(type)) {
      gaps.add(type.plural() + " were not collected for this snapshot");
    }
    return gaps;
  }

  /// The answer to a list of which nothing was collected because it failed; empty where the list,
  /// even an empty one, is true.
  Optional<ApiError> failure(ObjectType type, String namespace) {
    var found = gapItems(type, namespace);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    var item = found.getFirst();
    var message =
        type.plural()
            + " are not in this snapshot: "
            + item.outcome().word()
            + " when it was collected: "
            + item.reason();
    return Optional.of(
        item.outcome() == Outcome.FORBIDDEN
            ? new ApiError(403, "Forbidden", message)
            : item.outcome() == Outcome.TIMEOUT
                ? new ApiError(504, "Timeout", message)
                : new ApiError(503, "ServiceUnavailable", message));
  }

  private List<CollectedItem> gapItems(ObjectType type, String namespace) {
    var found = lists.getOrDefault(type, List.of());
    // A list of one namespace stands for itself; the whole one for those without.
    var byNamespace =
        found.stream()
            .map(item -> item.itemId().parts())
            .anyMatch(parts -> parts.size() > 2 && parts.get(2).equals(namespace));
    return found.stream()
        .filter(item -> item.outcome().isGap())
        .filter(
            item -> {
              var parts = item.itemId().parts();
              return parts.size() > 2
                  ? namespace.isEmpty() || parts.get(2).equals(namespace)
                  : namespace.isEmpty() || !byNamespace;
            })
        .toList();
  }

  /// What came of a log.
  Optional<CollectedItem> log(String namespace, String pod, String container, Run run) {
    return Optional.ofNullable(
        items.get(ItemId.log(cluster, namespace, pod, container, run).toString()));
  }
}
