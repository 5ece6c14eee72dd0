package io.bugreport.analyzers.injection;

import static io.bugreport.model.resource.ResourceKind.CONFIG_MAP;
import static io.bugreport.model.resource.ResourceKind.MUTATING_WEBHOOK;
import static io.bugreport.model.resource.ResourceKind.NAMESPACE;

import io.bugreport.analyzers.mesh.ControlPlaneNamespaces;
import io.bugreport.analyzers.mesh.Injection;
import io.bugreport.analyzers.mesh.InjectorValues;
import io.bugreport.analyzers.mesh.KubernetesNamespaces;
import io.bugreport.analyzers.mesh.Place;
import io.bugreport.analyzers.mesh.Revisions;
import io.bugreport.model.check.Analyzer;
import io.bugreport.model.check.Check;
import io.bugreport.model.check.Mesh;
import io.bugreport.model.check.Observation;
import io.bugreport.model.finding.Severity;
import io.bugreport.model.resource.Resource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// A namespace says nothing about injection, so whether its pods get a proxy depends on how istiod
/// was installed. By default they get none (IST0102) and are outside the mesh; where the
/// installation sets `enableNamespacesByDefault` (IST0148) they get one without having asked.
///
/// The installation is that of the tag `default`, where one is set. The namespaces of Kubernetes
/// itself and of the control plane, where nobody wants proxies, are passed over.
///
/// ## Fix
///
/// Say which is meant:
///
/// ```sh
/// kubectl label namespace NAMESPACE istio-injection=enabled     # or =disabled
/// ```
@Check(
    codes = {"IST0102", "IST0148"},
    title = "Namespace that leaves injection to the default",
    severity = Severity.INFO,
    resources = {NAMESPACE, CONFIG_MAP, MUTATING_WEBHOOK},
    istioctlAnalyzer = "injection.Analyzer")
public final class NamespaceWithoutInjectionLabel implements Analyzer {
  @Override
  public List<Observation> analyze(Mesh mesh) throws IOException {
    var configMaps = mesh.all(CONFIG_MAP);
    var injectors = InjectorValues.all(configMaps);
    var controlPlane = ControlPlaneNamespaces.byConfigMaps(configMaps);
    var revisions = new Revisions(mesh.all(MUTATING_WEBHOOK));
    List<Observation> observations = new ArrayList<>();
    for (var namespace : mesh.all(NAMESPACE)) {
      var cluster = namespace.id().cluster();
      if (!controlPlane.isIn(Place.of(namespace)) && isUndecided(namespace)) {
        observations.add(
            InjectorValues.find(injectors, cluster, revisions.resolve(cluster, ""))
                    .map(InjectorValues::isEnabledByDefault)
                    .orElse(false)
                ? Observation.of(
                        namespace,
                        "The namespace has no injection label, and the installation gives proxies to"
                            + " all that do not decline.")
                    .code("IST0148")
                : Observation.of(
                    namespace,
                    "The namespace has no injection label: only pods that ask for a proxy themselves get one."));
      }
    }
    return observations;
  }

  private static boolean isUndecided(Resource namespace) {
    return !KubernetesNamespaces.contains(namespace.name())
        && !NamespaceLabels.isAmbientLabelled(namespace)
        && namespace.labels().getOrDefault(Injection.LABEL, "").isEmpty()
        && !namespace.labels().containsKey(Injection.REVISION);
  }
}
