package io.bugreport.model.check;

import io.bugreport.model.endpoint.Endpoint;
import io.bugreport.model.finding.Conclusion.Gap;
import io.bugreport.model.resource.ResourceKind;
import io.bugreport.model.snapshot.CollectedItem;
import io.bugreport.model.snapshot.ItemId;
import io.bugreport.model.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What a snapshot does not show: for each input, the items that are missing and why.
final class Blindness {
  private static final String DISCOVERY = "discovery";

  private final Snapshot snapshot;
  private final Map<String, List<Gap>> byInput = new HashMap<>();
  private final Map<String, Boolean> asked = new HashMap<>();
  private final List<Gap> discovery = new ArrayList<>();
  private final List<Gap> cut = new ArrayList<>();

  Blindness(Snapshot snapshot) {
    this.snapshot = snapshot;
    if (!snapshot.archive().isComplete()) {
      cut.add(new Gap("archive", "cut off: what it lacks may have been in its lost part"));
    }
    for (var item : snapshot.items()) {
      var id = item.itemId();
      var input = input(id);
      asked.put(input, true);
      if (item.outcome().isGap()) {
        byInput.computeIfAbsent(input, _ -> new ArrayList<>()).add(gap(item));
        if (id.source().equals(DISCOVERY)) {
          discovery.add(gap(item));
        }
      }
    }
  }

  private static Gap gap(CollectedItem item) {
    return new Gap(item.id(), item.outcome().word() + ": " + item.reason());
  }

  private static String input(ItemId id) {
    var parts = id.parts();
    if (id.source().equals(ItemId.RESOURCES) && parts.size() >= 2) {
      return id.source() + "/" + parts.get(0) + "/" + parts.get(1);
    }
    return parts.size() >= 4 ? id.source() + "/" + parts.get(3) : id.source();
  }

  /// What is missing of a kind. A kind that was never asked for does not exist in the cluster,
  /// unless the cluster could not be asked what exists.
  List<Gap> gaps(ResourceKind kind) {
    var group = kind.group().isEmpty() ? "core" : kind.group();
    var input = ItemId.RESOURCES + "/" + group + "/" + kind.plural();
    var gaps = byInput.getOrDefault(input, List.of());
    if (!gaps.isEmpty()) {
      return gaps;
    }
    return asked.containsKey(input) || !cut.isEmpty() ? cut : discovery;
  }

  /// What is missing of an endpoint's answers.
  List<Gap> gaps(Endpoint endpoint) {
    if (!snapshot.isRecorded()) {
      var any = snapshot.clusters().stream().anyMatch(c -> !c.answers(endpoint).isEmpty());
      return any ? cut : List.of(new Gap(endpoint.readableName(), "not in this archive"));
    }
    return byInput.getOrDefault(endpoint.server().folder() + "/" + endpoint.word(), cut);
  }
}
