package io.bugreport.analyzers.ambient;

import static io.bugreport.model.resource.ResourceKind.DAEMON_SET;
import static io.bugreport.model.resource.ResourceKind.NAMESPACE;
import static io.bugreport.model.resource.ResourceKind.POD;

import io.bugreport.analyzers.mesh.Containers;
import io.bugreport.analyzers.mesh.Injection;
import io.bugreport.model.check.Analyzer;
import io.bugreport.model.check.Check;
import io.bugreport.model.check.Mesh;
import io.bugreport.model.check.Observation;
import io.bugreport.model.finding.Severity;
import io.bugreport.model.resource.Resource;
import io.bugreport.model.resource.ResourceId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A namespace is in ambient mode (`istio.io/dataplane-mode: ambient`), and what carries its
/// traffic is missing.
///
/// - `AMB-07`: there is no ztunnel or no `istio-cni-node` DaemonSet in the cluster, or they are not
///   ready on all nodes. Pods there have no mesh, or no network at all: once a pod is redirected,
///   its traffic goes to ztunnel or nowhere.
/// - `AMB-01`: a running pod is not redirected: it lacks the annotation
///   `ambient.istio.io/redirection`, which the CNI agent sets. Its traffic is plain text.
/// - `AMB-02`: a pod has a sidecar and is redirected as well.
///
/// Pods in the host's network and pods that decline (`istio.io/dataplane-mode: none`) are left
/// alone.
///
/// ## Fix
///
/// See what the two agents say, then create the pods anew:
///
/// ```sh
/// kubectl get daemonsets -A -l 'app in (ztunnel, istio-cni-node)'
/// kubectl -n istio-system logs ds/istio-cni-node | grep -iE 'error|ztunnel'
/// kubectl -n NAMESPACE rollout restart deployment NAME
/// ```
@Check(
    codes = {"AMB-07", "AMB-01", "AMB-02"},
    title = "Ambient namespace whose traffic nobody carries",
    severity = Severity.CRITICAL,
    resources = {NAMESPACE, DAEMON_SET, POD})
public final class AmbientWithoutZtunnel implements Analyzer {
  private static final String ZTUNNEL = "ztunnel";
  private static final String CNI = "istio-cni";

  @Override
  public List<Observation> analyze(Mesh mesh) throws IOException {
    Map<String, List<Resource>> ambient = new HashMap<>();
    Set<ResourceId> namespaces = new HashSet<>();
    for (var namespace : mesh.all(NAMESPACE)) {
      if (Injection.isAmbientNamespace(namespace)) {
        ambient.computeIfAbsent(namespace.id().cluster(), _ -> new ArrayList<>()).add(namespace);
        namespaces.add(namespace.id());
      }
    }
    List<Observation> observations = new ArrayList<>();
    var daemons = mesh.all(DAEMON_SET);
    Set<String> carried = new HashSet<>();
    ambient.forEach(
        (cluster, all) -> {
          var before = observations.size();
          for (var name : List.of(ZTUNNEL, CNI)) {
            daemon(cluster, name, daemons, all, observations);
          }
          if (observations.size() == before) {
            carried.add(cluster);
          }
        });
    for (var pod : mesh.all(POD)) {
      pod(pod, namespaces, carried, observations);
    }
    return observations;
  }

  private static void daemon(
      String cluster,
      String name,
      List<Resource> daemons,
      List<Resource> ambient,
      List<Observation> observations) {
    var found =
        daemons.stream()
            .filter(d -> d.id().cluster().equals(cluster) && d.name().startsWith(name))
            .toList();
    if (found.isEmpty()) {
      observations.add(
          Observation.of(
              ambient.getFirst(),
              "%s in ambient mode, and the cluster has no DaemonSet %s: nobody carries the traffic."
                  .formatted(
                      ambient.size() == 1 ? "The namespace is" : ambient.size() + " namespaces are",
                      name)));
    }
    for (var set : found) {
      var desired = set.field("status.desiredNumberScheduled").flatMap(f -> f.number()).orElse(0);
      var ready = set.field("status.numberReady").flatMap(f -> f.number()).orElse(0);
      if (ready < desired) {
        observations.add(
            Observation.of(
                    set,
                    set.field("status").orElse(set.root()),
                    "%s is ready on %d of %d nodes; pods in ambient mode on the others have no network."
                        .formatted(set.name(), ready, desired))
                .severity(ready == 0 ? Severity.CRITICAL : Severity.ERROR));
      }
    }
  }

  private static void pod(
      Resource pod, Set<ResourceId> ambient, Set<String> carried, List<Observation> observations) {
    var cluster = pod.id().cluster();
    var namespace = new ResourceId(cluster, "", "Namespace", "", pod.namespace());
    var sidecar = pod.field("spec").flatMap(Containers::proxy).isPresent();
    if (sidecar && Injection.isAmbient(pod)) {
      observations.add(
          Observation.of(pod, "The pod has a sidecar, and ztunnel takes its traffic as well.")
              .code("AMB-02")
              .severity(Severity.ERROR));
    } else if (!sidecar
        && ambient.contains(namespace)
        && carried.contains(cluster)
        && pod.text("status.phase").equals("Running")
        && !pod.text("spec.hostNetwork").equals("true")
        && !pod.labels().getOrDefault(Injection.DATAPLANE_MODE, "").equals("none")
        && !Injection.isAmbient(pod)) {
      observations.add(
          Observation.of(
                  pod,
                  "The namespace is in ambient mode, and the pod is not redirected: its traffic passes the mesh by.")
              .code("AMB-01")
              .severity(Severity.ERROR));
    }
  }
}
