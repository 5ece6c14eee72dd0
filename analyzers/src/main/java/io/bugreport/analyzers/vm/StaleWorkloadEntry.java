package io.bugreport.analyzers.vm;

import static io.bugreport.model.resource.ResourceKind.POD;
import static io.bugreport.model.resource.ResourceKind.WORKLOAD_ENTRY;
import static io.bugreport.model.resource.ResourceKind.WORKLOAD_GROUP;

import io.bugreport.analyzers.mesh.Age;
import io.bugreport.analyzers.mesh.Thresholds;
import io.bugreport.model.check.Analyzer;
import io.bugreport.model.check.Check;
import io.bugreport.model.check.Mesh;
import io.bugreport.model.check.Observation;
import io.bugreport.model.finding.Severity;
import io.bugreport.model.resource.Resource;
import io.bugreport.model.resource.ResourceId;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A virtual machine registered itself, and its `WorkloadEntry` has outlived what it stands for.
/// Its address is still an endpoint: a part of all requests goes to a machine that may be gone.
///
/// - `VM-01`: its `WorkloadGroup` does not exist any more, or is another one of the same name.
///   istiod does not look after such an entry, and the machine cannot register again.
/// - `VM-03`: the machine left more than two minutes ago, or the istiod that it was connected to is
///   gone and the machine has not come to another one. istiod should have removed the entry.
///
/// Entries that were written by hand are left alone.
///
/// ## Fix
///
/// See whether the machine is alive, then delete the entry; a living machine registers again:
///
/// ```sh
/// kubectl -n NAMESPACE get workloadgroups
/// kubectl -n NAMESPACE delete workloadentry NAME
/// ssh VM sudo systemctl restart istio
/// ```
@Check(
    codes = {"VM-01", "VM-03"},
    title = "WorkloadEntry that has outlived its machine or group",
    severity = Severity.ERROR,
    resources = {WORKLOAD_ENTRY, WORKLOAD_GROUP, POD})
public final class StaleWorkloadEntry implements Analyzer {
  private static final String GROUP = "istio.io/autoRegistrationGroup";
  private static final String CONTROLLER = "istio.io/workloadController";
  private static final String CONNECTED = "istio.io/connectedAt";
  private static final String DISCONNECTED = "istio.io/disconnectedAt";

  @Override
  public List<Observation> analyze(Mesh mesh) throws IOException {
    Map<ResourceId, Resource> groups = new HashMap<>();
    mesh.all(WORKLOAD_GROUP).forEach(g -> groups.put(g.id(), g));
    Set<String> istiods = new HashSet<>();
    for (var pod : mesh.all(POD)) {
      if (pod.labels().getOrDefault("app", "").equals("istiod")) {
        istiods.add(pod.name());
      }
    }
    List<Observation> observations = new ArrayList<>();
    for (var entry : mesh.all(WORKLOAD_ENTRY)) {
      var name = entry.annotations().getOrDefault(GROUP, "");
      if (name.isEmpty()) {
        continue;
      }
      var group =
          groups.get(
              new ResourceId(
                  entry.id().cluster(),
                  "networking.istio.io",
                  "WorkloadGroup",
                  entry.namespace(),
                  name));
      orphaned(entry, name, group)
          .or(() -> stale(entry, istiods, mesh.collectedAt()))
          .ifPresent(observations::add);
    }
    return observations;
  }

  private static Optional<Observation> orphaned(
      Resource entry, String name, @Nullable Resource group) {
    if (group == null) {
      return Optional.of(
          Observation.of(
              entry,
              "The entry for %s was made for the WorkloadGroup %s, which does not exist: nothing looks after it, and its address goes on getting requests."
                  .formatted(entry.text("spec.address"), name)));
    }
    var uid = group.text("metadata.uid");
    var owner =
        entry.fields("metadata.ownerReferences.*").stream()
            .filter(o -> o.text("kind").equals("WorkloadGroup"))
            .findFirst();
    if (owner.isPresent() && !uid.isEmpty() && !owner.get().text("uid").equals(uid)) {
      return Optional.of(
          Observation.of(
                  entry,
                  owner.get(),
                  "The entry for %s belongs to an earlier WorkloadGroup %s, which was replaced since."
                      .formatted(entry.text("spec.address"), name))
              .with(group.id()));
    }
    return Optional.empty();
  }

  private static Optional<Observation> stale(Resource entry, Set<String> istiods, Instant now) {
    var address = entry.text("spec.address");
    var left = entry.annotations().getOrDefault(DISCONNECTED, "");
    if (Age.isAtLeast(Thresholds.ENTRY_AFTER_DISCONNECT, left, now)) {
      return Optional.of(
          Observation.of(
                  entry,
                  "The machine %s left %s ago (%s), and its entry is still there: its address goes on getting requests."
                      .formatted(address, Age.text(Age.of(left, now).orElseThrow()), left))
              .code("VM-03"));
    }
    var controller = entry.annotations().getOrDefault(CONTROLLER, "");
    var since = entry.annotations().getOrDefault(CONNECTED, "");
    if (!controller.isEmpty()
        && !istiods.isEmpty()
        && !istiods.contains(controller)
        && Age.isAtLeast(Thresholds.ENTRY_CONNECTED, since, now)) {
      return Optional.of(
          Observation.of(
                  entry,
                  "The machine %s connected to %s at %s. That istiod is gone, and the machine has not come to another one."
                      .formatted(address, controller, since))
              .code("VM-03"));
    }
    return Optional.empty();
  }
}
