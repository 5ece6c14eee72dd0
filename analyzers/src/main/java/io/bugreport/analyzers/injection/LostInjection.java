package io.bugreport.analyzers.injection;

import static io.bugreport.model.resource.ResourceKind.NAMESPACE;
import static io.bugreport.model.resource.ResourceKind.POD;

import io.bugreport.analyzers.mesh.Injection;
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

/// A namespace has pods with proxies and no label that asks for them: the label was removed, or
/// lost when the namespace was made anew. Pods that start from now on have no proxy. They then send
/// plain text, which workloads with `STRICT` mutual TLS refuse, and no policy holds for them.
///
/// Pods that ask for their proxy themselves, with the label `sidecar.istio.io/inject` or a
/// revision, and those with a proxy that is part of their own template, such as gateways, are left
/// alone.
///
/// ## Fix
///
/// ```sh
/// kubectl label namespace NAMESPACE istio-injection=enabled        # or istio.io/rev=REVISION
/// kubectl -n NAMESPACE rollout restart deployment
/// ```
@Check(
    codes = "INS-13",
    title = "Namespace that lost its injection label",
    severity = Severity.WARNING,
    resources = {NAMESPACE, POD})
public final class LostInjection implements Analyzer {
  private static final String STATUS = "sidecar.istio.io/status";

  @Override
  public List<Observation> analyze(Mesh mesh) throws IOException {
    Map<ResourceId, List<Resource>> proxied = new HashMap<>();
    for (var pod : mesh.all(POD)) {
      // The injector leaves this mark; a proxy that is written into a template has none.
      if (pod.annotations().containsKey(STATUS)
          && Injection.ownWish(pod.field("metadata").orElse(pod.root())).isEmpty()
          && !pod.labels().containsKey(Injection.REVISION)
          && !Set.of("Succeeded", "Failed").contains(pod.text("status.phase"))) {
        proxied
            .computeIfAbsent(
                new ResourceId(pod.id().cluster(), "", "Namespace", "", pod.namespace()),
                _ -> new ArrayList<>())
            .add(pod);
      }
    }
    List<Observation> observations = new ArrayList<>();
    for (var namespace : mesh.all(NAMESPACE)) {
      var pods = proxied.getOrDefault(namespace.id(), List.of());
      if (!pods.isEmpty()
          && namespace.labels().getOrDefault(Injection.LABEL, "").isEmpty()
          && !namespace.labels().containsKey(Injection.REVISION)) {
        observations.add(
            Observation.of(
                    namespace,
                    namespace.field("metadata.labels").orElse(namespace.root()),
                    "%d of its pods have a proxy, and it has no label that asks for one: the next pods will have none."
                        .formatted(pods.size()))
                .with(pods.getFirst().id()));
      }
    }
    return observations;
  }
}
