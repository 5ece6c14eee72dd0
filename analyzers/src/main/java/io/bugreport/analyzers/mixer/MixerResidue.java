package io.bugreport.analyzers.mixer;

import static io.bugreport.model.resource.ResourceKind.CONFIG_MAP;
import static io.bugreport.model.resource.ResourceKind.DEPLOYMENT;
import static io.bugreport.model.resource.ResourceKind.ENVOY_FILTER;

import io.bugreport.analyzers.mesh.ControlPlane;
import io.bugreport.model.check.Analyzer;
import io.bugreport.model.check.Check;
import io.bugreport.model.check.Mesh;
import io.bugreport.model.check.Observation;
import io.bugreport.model.finding.Severity;
import io.bugreport.model.resource.Resource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// Parts of an Istio before 1.8 are left beside today's istiod.
///
/// - `MIX-01`: a Deployment of Mixer, Galley, Pilot or Citadel still runs. Pilot and an old
///   injector compete with istiod; the others only cost memory.
/// - `MIX-03`: the mesh configuration has settings of Mixer. istiod ignores them without a word.
/// - `MIX-06`: an `EnvoyFilter` adds the statistics that istiod adds by itself since 1.22. Proxies
///   may reject it, or count every request twice.
///
/// ## Fix
///
/// Delete what is not wanted any more:
///
/// ```sh
/// kubectl -n istio-system delete deployment,service,hpa,pdb istio-policy istio-telemetry --ignore-not-found
/// kubectl -n istio-system get envoyfilters
/// kubectl -n istio-system edit configmap istio
/// ```
@Check(
    codes = {"MIX-01", "MIX-03", "MIX-06"},
    title = "Residue of an Istio with Mixer",
    severity = Severity.WARNING,
    resources = {DEPLOYMENT, CONFIG_MAP, ENVOY_FILTER})
public final class MixerResidue implements Analyzer {
  private static final Set<String> COMPONENTS =
      Set.of(
          "istio-policy",
          "istio-telemetry",
          "istio-mixer",
          "istio-galley",
          "istio-pilot",
          "istio-citadel",
          "istio-sidecar-injector");
  private static final Pattern SETTING =
      Pattern.compile(
          "(?m)^(mixerCheckServer|mixerReportServer|disablePolicyChecks|policyCheckFailOpen|disableMixerHttpReports|sidecarToTelemetrySessionAffinity|reportBatchMaxEntries|reportBatchMaxTime):");

  /// What Istio's charts called them from 1.5 to 1.20.
  private static final Pattern FILTER =
      Pattern.compile("(tcp-)?(stats-filter|metadata-exchange)-1\\.\\d+.*");

  @Override
  public List<Observation> analyze(Mesh mesh) throws IOException {
    var controlPlane = ControlPlane.of(mesh.all(DEPLOYMENT));
    List<Observation> observations = new ArrayList<>();
    for (var deployment : mesh.all(DEPLOYMENT)) {
      if (COMPONENTS.contains(deployment.name()) && isBesideIstiod(deployment, controlPlane)) {
        observations.add(
            Observation.of(
                deployment,
                "%s is of an Istio before 1.8, and runs beside istiod."
                    .formatted(deployment.name())));
      }
    }
    for (var map : mesh.all(CONFIG_MAP)) {
      var text = map.text("data.mesh");
      var setting = SETTING.matcher(text);
      if (isBesideIstiod(map, controlPlane) && setting.find()) {
        observations.add(
            Observation.of(
                    map,
                    map.field("data.mesh").orElseThrow(),
                    "The mesh configuration sets %s, which was Mixer's: it has no effect."
                        .formatted(setting.group(1)))
                .code("MIX-03"));
      }
    }
    for (var filter : mesh.all(ENVOY_FILTER)) {
      if (FILTER.matcher(filter.name()).matches() && isBesideIstiod(filter, controlPlane)) {
        observations.add(
            Observation.of(
                    filter,
                    "It was part of Istio up to 1.20, and istiod adds the same by itself since 1.22.")
                .code("MIX-06"));
      }
    }
    return observations;
  }

  private static boolean isBesideIstiod(Resource resource, ControlPlane controlPlane) {
    return controlPlane.namespaces(resource.id().cluster()).contains(resource.namespace());
  }
}
