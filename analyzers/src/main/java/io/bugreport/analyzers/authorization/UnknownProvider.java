package io.bugreport.analyzers.authorization;

import static io.bugreport.model.resource.ResourceKind.AUTHORIZATION_POLICY;
import static io.bugreport.model.resource.ResourceKind.CONFIG_MAP;
import static io.bugreport.model.resource.ResourceKind.DEPLOYMENT;

import io.bugreport.analyzers.mesh.ControlPlane;
import io.bugreport.model.check.Analyzer;
import io.bugreport.model.check.Check;
import io.bugreport.model.check.Mesh;
import io.bugreport.model.check.Observation;
import io.bugreport.model.finding.Severity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// An `AuthorizationPolicy` asks an external service (`action: CUSTOM`), and the mesh configuration
/// has no provider of the name that it gives. istiod then lets nobody through: all requests that
/// the policy selects are refused with 403.
///
/// ## Fix
///
/// Name a provider that there is, or define this one:
///
/// ```sh
/// kubectl -n istio-system get configmap istio -o jsonpath='{.data.mesh}' | grep -A8 extensionProviders
/// ```
///
/// ```yaml
/// meshConfig:
///   extensionProviders:
///   - name: NAME
///     envoyExtAuthzHttp: {service: authz.NAMESPACE.svc.cluster.local, port: 8000}
/// ```
@Check(
    codes = "MIX-10",
    title = "External authorization by a provider that is not defined",
    severity = Severity.ERROR,
    resources = {AUTHORIZATION_POLICY, CONFIG_MAP, DEPLOYMENT})
public final class UnknownProvider implements Analyzer {

  @Override
  public List<Observation> analyze(Mesh mesh) throws IOException {
    var controlPlane = ControlPlane.of(mesh.all(DEPLOYMENT));
    Map<String, String> configurations = new HashMap<>();
    for (var map : mesh.all(CONFIG_MAP)) {
      if ((map.name().equals("istio") || map.name().startsWith("istio-"))
          && controlPlane.namespaces(map.id().cluster()).contains(map.namespace())) {
        configurations.merge(map.id().cluster(), map.text("data.mesh"), String::concat);
      }
    }
    List<Observation> observations = new ArrayList<>();
    for (var policy : mesh.all(AUTHORIZATION_POLICY)) {
      var configuration = configurations.get(policy.id().cluster());
      var provider = policy.field("spec.provider.name");
      // Where the text speaks of the name in any way, it is left to those who can read it.
      if (policy.text("spec.action").equals("CUSTOM")
          && provider.isPresent()
          && configuration != null
          && !configuration.isEmpty()
          && !configuration.contains(provider.get().text())) {
        observations.add(
            Observation.of(
                policy,
                provider.get(),
                "The mesh configuration has no provider %s: all requests that the policy selects are refused."
                    .formatted(provider.get().text())));
      }
    }
    return observations;
  }
}
