package io.bugreport.collector.pods;

import io.bugreport.collector.engine.Ledger;
import io.bugreport.collector.engine.Result;
import io.bugreport.collector.selection.Role;
import io.bugreport.model.snapshot.ItemId;
import io.bugreport.model.snapshot.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A few pods of each workload, since those of one workload resemble each other. Pods that were
/// restarted or have not started come first, then the order of names decides. Of the control plane
/// every replica is taken: each has its own proxies.
public final class Sample {
  private Sample() {}

  /// Takes the sample; of each workload that is not whole in it the ledger has an item that says
  /// so.
  ///
  /// @param perWorkload how many pods of one workload; 0 for all
  public static List<Pod> of(List<Pod> pods, int perWorkload, String cluster, Ledger ledger) {
    if (perWorkload == 0) {
      return pods;
    }
    List<Pod> taken = new ArrayList<>();
    Map<ItemId, List<Pod>> workloads = new TreeMap<>(Comparator.comparing(ItemId::toString));
    for (var pod : pods) {
      if (pod.workload().isEmpty() || pod.role() == Role.ISTIOD) {
        taken.add(pod);
      } else {
        var id =
            new ItemId(cluster, ItemId.PODS, List.of(pod.namespace(), pod.kind(), pod.workload()));
        workloads.computeIfAbsent(id, _ -> new ArrayList<>()).add(pod);
      }
    }
    workloads.forEach(
        (id, all) -> {
          all.stream()
              .sorted(Comparator.comparing((Pod p) -> !p.isTroubled()).thenComparing(Pod::name))
              .limit(perWorkload)
              .forEach(taken::add);
          if (all.size() > perWorkload) {
            var reason = perWorkload + " of its " + all.size() + " pods are collected from";
            ledger
                .plan(id, null)
                .finish(Result.nothing(Outcome.SKIPPED, 0, reason + " (--per-workload)"));
          }
        });
    return taken;
  }
}
