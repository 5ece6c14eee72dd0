package io.bugreport.analyzers.gateway;

import static io.bugreport.model.resource.ResourceKind.AUTHORIZATION_POLICY;
import static io.bugreport.model.resource.ResourceKind.CONFIG_MAP;
import static io.bugreport.model.resource.ResourceKind.POD;
import static io.bugreport.model.resource.ResourceKind.REQUEST_AUTHENTICATION;
import static io.bugreport.model.resource.ResourceKind.TELEMETRY;
import static io.bugreport.model.resource.ResourceKind.WASM_PLUGIN;

import io.bugreport.analyzers.mesh.MeshConfig;
import io.bugreport.analyzers.mesh.PodIndex;
import io.bugreport.model.check.Analyzer;
import io.bugreport.model.check.Check;
import io.bugreport.model.check.Mesh;
import io.bugreport.model.check.Observation;
import io.bugreport.model.finding.Severity;
import io.bugreport.model.resource.Resource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// A policy selects pods by their labels, and among them are the pods of a Gateway of the Gateway
/// API (a waypoint included). Policies reach those only by `targetRefs`, so at the gateway this one
/// does nothing: an `AuthorizationPolicy` that was to protect it lets everything pass.
///
/// Policies of the root namespace are held against the pods of all namespaces; istioctl looks only
/// into the policy's own.
///
/// ## Fix
///
/// Name the gateway instead of labels:
///
/// ```yaml
/// spec:
///   targetRefs:
///   - {group: gateway.networking.k8s.io, kind: Gateway, name: NAME}
/// ```
@Check(
    codes = "IST0166",
    title = "Selector without effect on a Gateway's pods",
    severity = Severity.WARNING,
    resources = {
      AUTHORIZATION_POLICY,
      REQUEST_AUTHENTICATION,
      TELEMETRY,
      WASM_PLUGIN,
      POD,
      CONFIG_MAP
    },
    istioctlAnalyzer = "k8sgateway.SelectorAnalyzer")
public final class SelectorOfGatewayPods implements Analyzer {
  private static final String GATEWAY_NAME = "gateway.networking.k8s.io/gateway-name";

  @Override
  public List<Observation> analyze(Mesh mesh) throws IOException {
    var root = MeshConfig.of(mesh.all(CONFIG_MAP)).rootNamespace();
    var pods =
        new PodIndex(
            mesh.all(POD).stream().filter(pod -> pod.labels().containsKey(GATEWAY_NAME)).toList());
    List<Observation> observations = new ArrayList<>();
    for (var kind : List.of(AUTHORIZATION_POLICY, REQUEST_AUTHENTICATION, TELEMETRY, WASM_PLUGIN)) {
      for (var policy : mesh.all(kind)) {
        judge(policy, root, pods, observations);
      }
    }
    return observations;
  }

  private static void judge(
      Resource policy, String root, PodIndex pods, List<Observation> observations) {
    var selector = policy.texts("spec.selector.matchLabels");
    if (selector.isEmpty()
        || policy.field("spec.targetRef").isPresent()
        || !policy.fields("spec.targetRefs.*").isEmpty()) {
      return;
    }
    var selected =
        policy.namespace().equals(root)
            ? pods.selected(selector)
            : pods.selected(policy.namespace(), selector);
    if (!selected.isEmpty()) {
      var pod = selected.getFirst();
      observations.add(
          Observation.of(
                  policy,
                  policy.field("spec.selector.matchLabels").orElse(policy.root()),
                  "Its selector matches pods of the Gateway %s, which takes policies by targetRefs only."
                      .formatted(pod.labels().get(GATEWAY_NAME)))
              .with(pod.id()));
    }
  }
}
