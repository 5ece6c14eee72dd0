package io.bugreport.analyzers.routing;

import static io.bugreport.model.resource.ResourceKind.CRON_JOB;
import static io.bugreport.model.resource.ResourceKind.DAEMON_SET;
import static io.bugreport.model.resource.ResourceKind.DEPLOYMENT;
import static io.bugreport.model.resource.ResourceKind.JOB;
import static io.bugreport.model.resource.ResourceKind.NAMESPACE;
import static io.bugreport.model.resource.ResourceKind.POD;
import static io.bugreport.model.resource.ResourceKind.SIDECAR;
import static io.bugreport.model.resource.ResourceKind.STATEFUL_SET;
import static io.bugreport.model.resource.ResourceKind.WORKLOAD_ENTRY;
import static io.bugreport.model.resource.ResourceKind.WORKLOAD_GROUP;

import io.bugreport.analyzers.mesh.Injection;
import io.bugreport.analyzers.mesh.Place;
import io.bugreport.analyzers.mesh.PodIndex;
import io.bugreport.analyzers.mesh.SelectorConflicts;
import io.bugreport.analyzers.mesh.Workloads;
import io.bugreport.model.check.Analyzer;
import io.bugreport.model.check.Check;
import io.bugreport.model.check.Mesh;
import io.bugreport.model.check.Observation;
import io.bugreport.model.finding.Severity;
import io.bugreport.model.resource.Resource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// `Sidecar` objects that do not do what they say. Two of them choose the same pod (IST0110), or
/// two hold for all pods of a namespace (IST0111): one is applied, the other ignored, and which one
/// it is nobody promises. One chooses labels that no workload has (IST0101). Or its pods are in
/// ambient mode, where `Sidecar` objects do nothing (IST0167).
///
/// Labels of Deployments, StatefulSets, DaemonSets, jobs, WorkloadEntries and WorkloadGroups count
/// as well as those of pods: a workload that is scaled to zero is one. istioctl knows only pods.
///
/// ## Fix
///
/// ```sh
/// kubectl -n NAMESPACE get sidecars -o yaml
/// kubectl -n NAMESPACE get pods --show-labels
/// ```
///
/// Let each pod be chosen by one object, and keep at most one without a `workloadSelector` in a
/// namespace. In ambient mode delete them.
@Check(
    codes = {"IST0110", "IST0111", "IST0101", "IST0167"},
    title = "Sidecar objects in conflict or without effect",
    severity = Severity.ERROR,
    resources = {
      SIDECAR,
      POD,
      NAMESPACE,
      DEPLOYMENT,
      STATEFUL_SET,
      DAEMON_SET,
      JOB,
      CRON_JOB,
      WORKLOAD_ENTRY,
      WORKLOAD_GROUP
    },
    istioctlAnalyzer = "sidecar.SelectorAnalyzer")
public final class ConflictingSidecars implements Analyzer {
  private static final String LABELS = "spec.workloadSelector.labels";

  @Override
  public List<Observation> analyze(Mesh mesh) throws IOException {
    var sidecars = mesh.all(SIDECAR);
    var conflicts = new SelectorConflicts(sidecars, LABELS, new PodIndex(mesh.all(POD)));
    var workloads = Workloads.of(mesh);
    List<Observation> observations = new ArrayList<>();
    conflicts
        .chosen()
        .forEach((sidecar, pods) -> judge(sidecar, pods, conflicts, workloads, observations));
    judgeDefaults(
        sidecars.stream().filter(s -> !conflicts.selects(s)).toList(), ambient(mesh), observations);
    return observations;
  }

  private static Set<Place> ambient(Mesh mesh) throws IOException {
    Set<Place> ambient = new HashSet<>();
    for (var namespace : mesh.all(NAMESPACE)) {
      if (Injection.isAmbientNamespace(namespace)) {
        ambient.add(Place.of(namespace));
      }
    }
    return ambient;
  }

  private static void judge(
      Resource sidecar,
      List<Resource> pods,
      SelectorConflicts conflicts,
      Workloads workloads,
      List<Observation> observations) {
    var labels = sidecar.field(LABELS).orElse(sidecar.root());
    if (pods.isEmpty()) {
      if (!workloads.haveLabels(sidecar.namespace(), sidecar.texts(LABELS))) {
        observations.add(
            Observation.of(
                    sidecar, labels, "No workload of its namespace has the labels that it chooses.")
                .code("IST0101"));
      }
      return;
    }
    var ambient = pods.stream().filter(Injection::isAmbient).findFirst();
    if (ambient.isPresent()) {
      observations.add(
          ineffective(
                  sidecar,
                  "It chooses %s, which is in ambient mode and has no sidecar."
                      .formatted(ambient.get().id()))
              .with(ambient.get().id()));
    }
    conflicts
        .shared(sidecar)
        .forEach(
            (names, shared) -> {
              if (!Injection.isAmbient(shared.pod())) {
                var observation =
                    Observation.of(
                            sidecar,
                            labels,
                            "It chooses %s, and so does %s; one of them is ignored."
                                .formatted(shared.pod().id(), names))
                        .with(shared.pod().id());
                for (var other : shared.others()) {
                  observation = observation.and(other.location()).with(other.id());
                }
                observations.add(observation);
              }
            });
  }

  private static void judgeDefaults(
      List<Resource> defaults, Set<Place> ambient, List<Observation> observations) {
    Map<Place, List<Resource>> byPlace = new LinkedHashMap<>();
    defaults.forEach(s -> byPlace.computeIfAbsent(Place.of(s), _ -> new ArrayList<>()).add(s));
    byPlace.forEach(
        (place, competing) -> {
          for (var sidecar : competing) {
            if (ambient.contains(place)) {
              observations.add(
                  ineffective(
                      sidecar,
                      "It holds for a namespace in ambient mode, whose pods have no sidecars."));
            } else if (competing.size() > 1) {
              observations.add(competing(sidecar, competing));
            }
          }
        });
  }

  private static Observation competing(Resource sidecar, List<Resource> all) {
    var others = all.stream().filter(other -> !other.equals(sidecar)).toList();
    var observation =
        Observation.of(
                sidecar,
                "It holds for the whole namespace, and so does %s; one of them is ignored."
                    .formatted(String.join(", ", others.stream().map(Resource::name).toList())))
            .code("IST0111");
    for (var other : others) {
      observation = observation.and(other.location()).with(other.id());
    }
    return observation;
  }

  private static Observation ineffective(Resource sidecar, String message) {
    return Observation.of(sidecar, message).code("IST0167").severity(Severity.WARNING);
  }
}
