package io.bugreport.analyzers.installation;

import static io.bugreport.model.resource.ResourceKind.CRD;
import static io.bugreport.model.resource.ResourceKind.DEPLOYMENT;

import io.bugreport.analyzers.mesh.ControlPlane;
import io.bugreport.model.check.Analyzer;
import io.bugreport.model.check.Check;
import io.bugreport.model.check.Mesh;
import io.bugreport.model.check.Observation;
import io.bugreport.model.finding.Severity;
import io.bugreport.model.resource.Resource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// The cluster lacks kinds (CRDs) that istiod needs. Objects of these kinds cannot be written, and
/// an istiod that waits for one of them does not become ready. Either a chart was upgraded before
/// the one called `base`, which holds the kinds, or they were deleted, and with them all their
/// objects.
///
/// Expected are the kinds that every Istio since 1.12 has.
///
/// ## Fix
///
/// ```sh
/// helm upgrade istio-base istio/base -n istio-system --version VERSION
/// kubectl get crds | grep istio.io
/// ```
@Check(
    codes = "INS-09",
    title = "Kinds of Istio that the cluster lacks",
    severity = Severity.ERROR,
    resources = {DEPLOYMENT, CRD})
public final class MissingKinds implements Analyzer {
  private static final Set<String> NEEDED =
      Set.of(
          "virtualservices.networking.istio.io",
          "destinationrules.networking.istio.io",
          "gateways.networking.istio.io",
          "serviceentries.networking.istio.io",
          "sidecars.networking.istio.io",
          "envoyfilters.networking.istio.io",
          "workloadentries.networking.istio.io",
          "workloadgroups.networking.istio.io",
          "authorizationpolicies.security.istio.io",
          "peerauthentications.security.istio.io",
          "requestauthentications.security.istio.io",
          "telemetries.telemetry.istio.io");

  @Override
  public List<Observation> analyze(Mesh mesh) throws IOException {
    Map<String, Set<String>> present = new HashMap<>();
    for (var crd : mesh.all(CRD)) {
      present.computeIfAbsent(crd.id().cluster(), _ -> new TreeSet<>()).add(crd.name());
    }
    List<Observation> observations = new ArrayList<>();
    var seen = new TreeSet<String>();
    for (var istiod : ControlPlane.of(mesh.all(DEPLOYMENT)).deployments()) {
      var cluster = istiod.id().cluster();
      var missing = new TreeSet<>(NEEDED);
      missing.removeAll(present.getOrDefault(cluster, Set.of()));
      // None at all: the archive has no definitions, or another cluster holds the configuration.
      if (!missing.isEmpty() && missing.size() < NEEDED.size() && seen.add(cluster)) {
        observations.add(observation(istiod, missing));
      }
    }
    return observations;
  }

  private static Observation observation(Resource istiod, Set<String> missing) {
    return Observation.of(
        istiod,
        "The cluster has kinds of Istio, and lacks %s.".formatted(String.join(", ", missing)));
  }
}
