package io.bugreport.report.mesh;

import io.bugreport.model.resource.Resource;
import io.bugreport.model.snapshot.Cluster;
import io.bugreport.model.snapshot.CollectedItem;
import io.bugreport.model.snapshot.ItemId;
import io.bugreport.model.snapshot.Snapshot;
import io.bugreport.report.mesh.Workloads.Workload;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// What a workload asks of its callers, by the PeerAuthentication that counts for it: one with a
/// selector before the namespace's, before the mesh's. Without any, Istio takes both mutual TLS and
/// plain text.
final class PeerTls {
  private final List<Resource> policies;
  private final String rootNamespace;
  private final boolean known;

  PeerTls(Snapshot snapshot, Cluster cluster, List<Resource> policies, String rootNamespace) {
    this.rootNamespace = rootNamespace;
    this.policies =
        policies.stream()
            .sorted(Comparator.comparingInt(this::reach).thenComparing(Resource::id))
            .toList();
    this.known =
        snapshot.isRecorded() && snapshot.items().stream().noneMatch(i -> hides(i, cluster));
  }

  private static boolean hides(CollectedItem item, Cluster cluster) {
    return item.outcome().isGap()
        && item.source().equals(ItemId.RESOURCES)
        && item.id().startsWith(cluster.name() + "/")
        && item.id().contains("/peerauthentications");
  }

  private int reach(Resource policy) {
    if (!policy.texts("spec.selector.matchLabels").isEmpty()) {
      return 0;
    }
    return policy.namespace().equals(rootNamespace) ? 2 : 1;
  }

  /// In a few words; empty where the policies could not all be seen.
  String of(Workload workload) {
    if (!workload.proxied()) {
      return "no sidecar";
    }
    if (workload.bare()) {
      return "some: no sidecar";
    }
    for (var policy : policies) {
      var mode = policy.text("spec.mtls.mode");
      if (counts(policy, workload) && !mode.isEmpty() && !mode.equals("UNSET")) {
        return "mTLS " + mode.toLowerCase(Locale.ROOT);
      }
    }
    return known ? "mTLS permissive" : "";
  }

  private boolean counts(Resource policy, Workload workload) {
    var here = policy.namespace().equals(workload.id().namespace());
    return switch (reach(policy)) {
      case 0 -> here && workload.isSelectedBy(policy.texts("spec.selector.matchLabels"));
      case 1 -> here;
      default -> true;
    };
  }
}
