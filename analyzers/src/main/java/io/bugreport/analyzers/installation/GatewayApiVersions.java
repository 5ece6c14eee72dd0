package io.bugreport.analyzers.installation;

import static io.bugreport.model.resource.ResourceKind.CRD;

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

/// The cluster's definitions of the Gateway API do not serve the versions that Istio reads. With
/// neither `v1` nor `v1beta1` (IST0156) istiod does not see such objects, so their gateways and
/// routes do nothing; without `v1` (IST0172) the next releases of Istio will not.
///
/// `istioctl x precheck` asks for `v1beta1` even where `v1` is served. Every `v1beta1` object can
/// be read as `v1`, so that is no reason to wait with an upgrade, and it is not reported here.
///
/// ## Fix
///
/// Install the definitions of a release that this version of Istio was tested with; its release
/// notes name it. See first which one is there, and who put it there:
///
/// ```sh
/// kubectl get crd gateways.gateway.networking.k8s.io \
///   -o jsonpath='{.spec.versions[?(@.served)].name} {.metadata.annotations}'
/// ```
@Check(
    codes = {"IST0156", "IST0172"},
    title = "Gateway API in a version that Istio does not read",
    severity = Severity.ERROR,
    resources = CRD)
public final class GatewayApiVersions implements Analyzer {
  private static final String GROUP = "gateway.networking.k8s.io";
  private static final Set<String> READ =
      Set.of("Gateway", "GatewayClass", "HTTPRoute", "ReferenceGrant");
  private static final Set<String> STABLE =
      Set.of("Gateway", "GatewayClass", "HTTPRoute", "GRPCRoute");

  @Override
  public List<Observation> analyze(Mesh mesh) throws IOException {
    List<Observation> observations = new ArrayList<>();
    for (var crd : mesh.all(CRD)) {
      var kind = crd.text("spec.names.kind");
      if (!crd.text("spec.group").equals(GROUP)) {
        continue;
      }
      if (READ.contains(kind) && !serves(crd, "v1") && !serves(crd, "v1beta1")) {
        observations.add(
            observation(crd, "%s is served in neither v1 nor v1beta1.".formatted(kind)));
      } else if (STABLE.contains(kind) && !serves(crd, "v1")) {
        observations.add(
            observation(crd, "%s is not served in version v1.".formatted(kind))
                .code("IST0172")
                .severity(Severity.WARNING));
      }
    }
    return observations;
  }

  private static boolean serves(Resource crd, String version) {
    return crd.fields("spec.versions.*").stream()
        .anyMatch(v -> v.text("name").equals(version) && v.text("served").equals("true"));
  }

  private static Observation observation(Resource crd, String message) {
    return Observation.of(crd, crd.field("spec.versions").orElse(crd.root()), message);
  }
}
