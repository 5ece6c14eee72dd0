package io.bugreport.analyzers.installation;

import static io.bugreport.model.resource.ResourceKind.DEPLOYMENT;
import static io.bugreport.model.resource.ResourceKind.REQUEST_AUTHENTICATION;

import io.bugreport.model.check.Analyzer;
import io.bugreport.model.check.Check;
import io.bugreport.model.check.Mesh;
import io.bugreport.model.check.Observation;
import io.bugreport.model.finding.Severity;
import io.bugreport.model.resource.Resource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// The mesh has `RequestAuthentication` objects, and istiod may fetch their keys from any address.
/// Who may create such an object can make istiod send requests to addresses that are only reachable
/// from inside, such as the metadata service of the cloud.
///
/// Only a value that is written in the Deployment counts; one that comes from elsewhere
/// (`valueFrom`) cannot be seen here.
///
/// ## Fix
///
/// Block the addresses that hold no keys, as a comma-separated list:
///
/// ```sh
/// kubectl -n istio-system set env deployment/istiod BLOCKED_CIDRS_IN_JWKS_URIS=169.254.0.0/16
/// ```
///
/// or in the chart's values:
///
/// ```yaml
/// env:
///   BLOCKED_CIDRS_IN_JWKS_URIS: 169.254.0.0/16
/// ```
@Check(
    codes = "IST0175",
    title = "istiod that fetches keys from any address",
    severity = Severity.WARNING,
    resources = {DEPLOYMENT, REQUEST_AUTHENTICATION},
    istioctlAnalyzer = "authn.BlockedCIDRsAnalyzer")
public final class UnrestrictedJwksUri implements Analyzer {
  private static final String VARIABLE = "BLOCKED_CIDRS_IN_JWKS_URIS";

  @Override
  public List<Observation> analyze(Mesh mesh) throws IOException {
    List<Observation> observations = new ArrayList<>();
    var deployments = mesh.all(DEPLOYMENT);
    var policies = mesh.all(REQUEST_AUTHENTICATION);
    if (policies.isEmpty()) {
      return observations;
    }
    for (var deployment : deployments) {
      if (deployment.labels().getOrDefault("app", "").equals("istiod") && !restricts(deployment)) {
        observations.add(
            Observation.of(
                    deployment,
                    "istiod has no %s, and fetches the keys of %d RequestAuthentication objects."
                        .formatted(VARIABLE, policies.size()))
                .with(policies.getFirst().id()));
      }
    }
    return observations;
  }

  private static boolean restricts(Resource deployment) {
    return deployment.fields("spec.template.spec.containers.*.env.*").stream()
        .anyMatch(env -> env.text("name").equals(VARIABLE) && !env.text("value").isEmpty());
  }
}
