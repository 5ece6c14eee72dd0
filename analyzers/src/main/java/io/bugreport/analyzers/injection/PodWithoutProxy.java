package io.bugreport.analyzers.injection;

import static io.bugreport.model.resource.ResourceKind.NAMESPACE;
import static io.bugreport.model.resource.ResourceKind.POD;

import io.bugreport.analyzers.mesh.Containers;
import io.bugreport.analyzers.mesh.ControlPlaneNamespaces;
import io.bugreport.analyzers.mesh.Injection;
import io.bugreport.analyzers.mesh.Place;
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
import java.util.List;
import java.util.Map;

/// A pod runs without a proxy in a namespace that asks for one. Its traffic passes the mesh by: no
/// mutual TLS, so clients under a strict policy cannot reach it, no routing, no telemetry. Usually
/// the pod is older than the namespace's label, or the injection webhook could not be called when
/// it was created.
///
/// A namespace asks for proxies with `istio-injection: enabled`, or with a revision in
/// `istio.io/rev`, which istioctl leaves out. Pods that decline (`sidecar.istio.io/inject:
/// "false"`), that use the host's network, or that have finished are left alone.
///
/// ## Fix
///
/// Create the pod anew and look whether it has a second container:
///
/// ```sh
/// kubectl -n NAMESPACE rollout restart deployment NAME
/// kubectl -n NAMESPACE get pods
/// ```
///
/// If it still has none, see what the webhook says, and whether one serves this revision:
///
/// ```sh
/// kubectl -n NAMESPACE get events --field-selector reason=FailedCreate
/// kubectl get mutatingwebhookconfigurations -l app=sidecar-injector
/// ```
///
/// A pod that is meant to stay outside says so with the label `sidecar.istio.io/inject: "false"`.
@Check(
    codes = "IST0103",
    title = "Pod without a proxy in a namespace with injection",
    severity = Severity.WARNING,
    resources = {POD, NAMESPACE},
    istioctlAnalyzer = "injection.Analyzer")
public final class PodWithoutProxy implements Analyzer {

  @Override
  public List<Observation> analyze(Mesh mesh) throws IOException {
    var pods = mesh.all(POD);
    var controlPlane = ControlPlaneNamespaces.byPods(pods);
    Map<ResourceId, Resource> asking = new HashMap<>();
    for (var namespace : mesh.all(NAMESPACE)) {
      if (!controlPlane.isIn(Place.of(namespace)) && asks(namespace)) {
        asking.put(namespace.id(), namespace);
      }
    }
    List<Observation> observations = new ArrayList<>();
    for (var pod : pods) {
      var namespace = asking.get(namespaceOf(pod));
      if (namespace != null && lacksProxy(pod)) {
        observations.add(
            Observation.of(
                    pod,
                    "The pod has no proxy, and its namespace asks for one with %s."
                        .formatted(NamespaceLabels.asking(namespace)))
                .and(namespace.location())
                .with(namespace.id()));
      }
    }
    return observations;
  }

  private static ResourceId namespaceOf(Resource pod) {
    return new ResourceId(pod.id().cluster(), "", "Namespace", "", pod.namespace());
  }

  private static boolean asks(Resource namespace) {
    return !NamespaceLabels.asking(namespace).isEmpty()
        && !NamespaceLabels.isAmbientLabelled(namespace);
  }

  private static boolean lacksProxy(Resource pod) {
    var phase = pod.text("status.phase");
    return !phase.equals("Succeeded")
        && !phase.equals("Failed")
        && !pod.text("spec.hostNetwork").equals("true")
        && !pod.field("metadata").map(Injection::ownWish).orElse("").equalsIgnoreCase("false")
        && pod.field("spec").flatMap(Containers::proxy).isEmpty();
  }
}
