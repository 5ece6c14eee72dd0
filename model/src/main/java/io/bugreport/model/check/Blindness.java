package io.bugreport.model.check;

import io.bugreport.model.endpoint.Endpoint;
import io.bugreport.model.finding.Conclusion.Gap;
import io.bugreport.model.resource.ResourceKind;
import io.bugreport.model.snapshot.ItemId;
import io.bugreport.model.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What a snapshot does not show: for each input, the items that are missing and why. Clusters are
/// looked at one by one: what one of them showed says nothing of another.
final class Blindness {
  private static final String DISCOVERY = "discovery";
  private static final String CORE = "core";

  /// What was asked of a cluster, by input, with what is missing of each.
  private record View(Map<String, List<Gap>> asked) {
    /// What is missing of a kind. One that was never asked for does not exist in the cluster,
    /// unless the cluster could not say what it has.
    List<Gap> gaps(ResourceKind kind) {
      var group = kind.group().isEmpty() ? CORE : kind.group();
      var listed = asked.get(ItemId.RESOURCES + "/" + group + "/" + kind.plural());
      if (listed != null) {
        return listed;
      }
      List<Gap> gaps = new ArrayList<>(asked.getOrDefault(DISCOVERY, List.of()));
      gaps.addAll(asked.getOrDefault(DISCOVERY + "/" + group, List.of()));
      return gaps;
    }

    /// What is missing of an endpoint's answers: those that failed, those of pods that nobody could
    /// list, and those of pods that a sample left out.
    List<Gap> gaps(Endpoint endpoint) {
      List<Gap> gaps = new ArrayList<>(gaps(ResourceKind.POD));
      gaps.addAll(asked.getOrDefault(ItemId.PODS, List.of()));
      gaps.addAll(
          asked.getOrDefault(endpoint.server().folder() + "/" + endpoint.word(), List.of()));
      return gaps;
    }
  }

  private final Snapshot snapshot;
  private final Map<Source, List<Gap>> sources = new EnumMap<>(Source.class);
  private final Map<String, View> clusters = new TreeMap<>();
  private final List<Gap> cut;

  Blindness(Snapshot snapshot) {
    this.snapshot = snapshot;
    this.cut = snapshot.lost().map(why -> new Gap("archive", why)).stream().toList();
    for (var item : snapshot.items()) {
      var id = item.itemId();
      var gaps =
          clusters
              .computeIfAbsent(id.cluster(), _ -> new View(new TreeMap<>()))
              .asked()
              .computeIfAbsent(input(id), _ -> new ArrayList<>());
      if (item.outcome().isGap()) {
        var gap = new Gap(item.id(), item.outcome().word() + ": " + item.reason());
        gaps.add(gap);
        Source.ofItem(id)
            .ifPresent(s -> sources.computeIfAbsent(s, _ -> new ArrayList<>()).add(gap));
      }
    }
  }

  private static String input(ItemId id) {
    var parts = id.parts();
    if (id.source().equals(ItemId.RESOURCES) && parts.size() >= 2) {
      return id.source() + "/" + parts.get(0) + "/" + parts.get(1);
    }
    if (id.source().equals(DISCOVERY) && !parts.isEmpty()) {
      return id.source() + "/" + parts.getFirst();
    }
    return parts.size() >= 4 ? id.source() + "/" + parts.get(3) : id.source();
  }

  /// What is missing of a kind, in any cluster.
  List<Gap> gaps(ResourceKind kind) {
    List<Gap> gaps = new ArrayList<>(cut);
    clusters.values().forEach(view -> gaps.addAll(view.gaps(kind)));
    return gaps;
  }

  /// What is missing of another source, in any cluster.
  List<Gap> gaps(Source source) {
    List<Gap> gaps = new ArrayList<>(cut);
    gaps.addAll(sources.getOrDefault(source, List.of()));
    return gaps;
  }

  /// What is missing of an endpoint's answers, in any cluster.
  List<Gap> gaps(Endpoint endpoint) {
    List<Gap> gaps = new ArrayList<>(cut);
    if (snapshot.isRecorded()) {
      clusters.values().forEach(view -> gaps.addAll(view.gaps(endpoint)));
    } else if (snapshot.clusters().stream().allMatch(c -> c.answers(endpoint).isEmpty())) {
      gaps.add(new Gap(endpoint.readableName(), "not in this archive"));
    }
    return gaps;
  }
}
