package io.bugreport.analyzers.controlplane;

import static io.bugreport.model.resource.ResourceKind.NAMESPACE;
import static io.bugreport.model.resource.ResourceKind.NETWORK_POLICY;
import static io.bugreport.model.resource.ResourceKind.POD;

import io.bugreport.analyzers.mesh.Containers;
import io.bugreport.analyzers.mesh.Ties;
import io.bugreport.analyzers.mesh.Ties.Topic;
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
import java.util.Set;
import java.util.TreeMap;

/// A `NetworkPolicy` keeps proxies from istiod (port 15012), or the API server from its webhooks
/// (15017). Proxies that run go on with what they have until their certificate expires; new ones do
/// not become ready, and without webhooks pods come up without a proxy or not at all.
///
/// Policies add up: a connection is let through where one policy for the pod allows it. Only what
/// no policy allows is reported, from the side of istiod (`Ingress`) and that of the proxies
/// (`Egress`). Address ranges are taken to allow what they may.
///
/// ## Fix
///
/// Let the mesh's own connections through. Beside istiod:
///
/// ```yaml
/// ingress:
/// - ports: [{port: 15012}, {port: 15017}, {port: 15010}, {port: 15014}]
/// ```
///
/// Beside applications whose egress is restricted:
///
/// ```yaml
/// egress:
/// - to: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: istio-system}}}]
///   ports: [{port: 15012}]
/// ```
@Check(
    codes = "CP-21",
    title = "Network policy that keeps proxies from istiod",
    severity = Severity.ERROR,
    resources = {NETWORK_POLICY, POD, NAMESPACE})
public final class BlockingNetworkPolicy implements Analyzer {
  private static final int XDS = 15012;
  private static final int WEBHOOKS = 15017;

  @Override
  public List<Observation> analyze(Mesh mesh) throws IOException {
    Map<ResourceId, Resource> namespaces = new HashMap<>();
    mesh.all(NAMESPACE).forEach(n -> namespaces.put(n.id(), n));
    var reach = new PolicyReach(mesh.all(NETWORK_POLICY), namespaces);
    var running =
        mesh.all(POD).stream()
            .filter(p -> !Set.of("Succeeded", "Failed").contains(p.text("status.phase")))
            .filter(p -> !p.text("spec.hostNetwork").equals("true"))
            .toList();
    Map<String, Observation> found = new TreeMap<>();
    for (var istiod : running) {
      if (!istiod.labels().getOrDefault("app", "").equals("istiod")) {
        continue;
      }
      for (var pod : running) {
        var proxied =
            pod.id().cluster().equals(istiod.id().cluster())
                && pod.field("spec").flatMap(Containers::proxy).isPresent();
        if (proxied) {
          reach
              .blocking(pod, istiod, XDS)
              .ifPresent(
                  policy ->
                      found.merge(
                          policy.id() + " " + XDS,
                          observation(
                                  policy,
                                  "keeps proxies from istiod (port 15012): they get neither configuration nor certificates")
                              .with(pod.id())
                              .tie(Ties.topic(Topic.SIGNING, pod.id().cluster())),
                          (known, more) -> known.with(more.related().getFirst())));
        }
      }
      reach
          .closed(istiod, WEBHOOKS)
          .ifPresent(
              policy ->
                  found.putIfAbsent(
                      policy.id() + " " + WEBHOOKS,
                      observation(
                              policy,
                              "keeps the API server from the webhooks of istiod (port 15017): pods get no proxy")
                          .tie(Ties.topic(Topic.WEBHOOKS, istiod.id().cluster()))));
    }
    return new ArrayList<>(found.values());
  }

  private static Observation observation(Resource policy, String what) {
    return Observation.of(policy, policy.field("spec").orElse(policy.root()), "It " + what + ".")
        .tie(Ties.topic(Topic.CONTROL_PLANE, policy.id().cluster()));
  }
}
