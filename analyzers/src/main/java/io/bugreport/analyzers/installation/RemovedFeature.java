package io.bugreport.analyzers.installation;

import static io.bugreport.model.resource.ResourceKind.CRD;
import static io.bugreport.model.resource.ResourceKind.SIDECAR;
import static io.bugreport.model.resource.ResourceKind.VIRTUAL_SERVICE;

import io.bugreport.model.check.Analyzer;
import io.bugreport.model.check.Check;
import io.bugreport.model.check.Mesh;
import io.bugreport.model.check.Observation;
import io.bugreport.model.finding.Severity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// An object uses a field or a kind that Istio gave up or is about to: it is ignored by recent
/// versions, or will be by the next.
///
/// Looked for are `fault.delay.percent` of virtual services, `egressProxy` of sidecars, and the
/// kinds of the old role-based access control (`ServiceRole` and its like), which nothing enforces
/// any more since Istio 1.6: what they once forbade is allowed.
///
/// ## Fix
///
/// - `percent: 50` becomes `percentage: {value: 50}`.
/// - Instead of `egressProxy`, route the traffic to the egress gateway with a `VirtualService`.
/// - Write the old roles as `AuthorizationPolicy`, then delete the CRDs:
///
/// ```sh
/// kubectl get crd -o name | grep rbac.istio.io
/// ```
@Check(
    codes = "IST0002",
    title = "Feature that Istio gave up",
    severity = Severity.WARNING,
    resources = {VIRTUAL_SERVICE, SIDECAR, CRD},
    istioctlAnalyzer = "deprecation.DeprecationAnalyzer")
public final class RemovedFeature implements Analyzer {
  private static final Set<String> ROLES =
      Set.of("ClusterRbacConfig", "RbacConfig", "ServiceRole", "ServiceRoleBinding");

  @Override
  public List<Observation> analyze(Mesh mesh) throws IOException {
    List<Observation> observations = new ArrayList<>();
    for (var service : mesh.all(VIRTUAL_SERVICE)) {
      service.fields("spec.http.*.fault.delay.percent").stream()
          .filter(percent -> percent.number().orElse(0) > 0)
          .findFirst()
          .ifPresent(
              percent ->
                  observations.add(
                      Observation.of(
                          service,
                          percent,
                          "fault.delay.percent is deprecated: use percentage instead.")));
    }
    for (var sidecar : mesh.all(SIDECAR)) {
      sidecar
          .field("spec.outboundTrafficPolicy.egressProxy")
          .ifPresent(
              proxy ->
                  observations.add(
                      Observation.of(
                          sidecar, proxy, "outboundTrafficPolicy.egressProxy is deprecated.")));
    }
    for (var crd : mesh.all(CRD)) {
      var kind = crd.text("spec.names.kind");
      if (crd.text("spec.group").equals("rbac.istio.io") && ROLES.contains(kind)) {
        observations.add(
            Observation.of(
                crd,
                "Istio enforces no %s any more; AuthorizationPolicy is used.".formatted(kind)));
      }
    }
    return observations;
  }
}
