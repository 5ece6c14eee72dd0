package io.bugreport.analyzers.annotations;

import static io.bugreport.model.resource.ResourceKind.DEPLOYMENT;
import static io.bugreport.model.resource.ResourceKind.NAMESPACE;
import static io.bugreport.model.resource.ResourceKind.POD;
import static io.bugreport.model.resource.ResourceKind.SERVICE;

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

/// An object carries an annotation that Istio promises nothing about: its stage is alpha, so a
/// release may change it or give it up without notice. Before an upgrade it is one of the places to
/// look at.
///
/// What the CNI plugin writes on pods by itself is left alone where there is no `istio-init`
/// container: `interceptionMode` and the ports and ranges that are included or excluded.
///
/// ## Fix
///
/// Nothing is broken. Look into the release notes of the version that you upgrade to for this
/// annotation, and prefer a setting with a promise where there is one, such as `ProxyConfig` or the
/// mesh configuration.
@Check(
    codes = "IST0136",
    title = "Annotation in the alpha stage",
    severity = Severity.INFO,
    resources = {SERVICE, NAMESPACE, POD, DEPLOYMENT},
    istioctlAnalyzer = "annotations.AlphaAnalyzer")
public final class AlphaAnnotation implements Analyzer {
  private static final Set<String> BY_CNI =
      Set.of(
          "sidecar.istio.io/interceptionMode",
          "traffic.sidecar.istio.io/includeInboundPorts",
          "traffic.sidecar.istio.io/excludeInboundPorts",
          "traffic.sidecar.istio.io/includeOutboundIPRanges");

  @Override
  public List<Observation> analyze(Mesh mesh) throws IOException {
    List<Observation> observations = new ArrayList<>();
    for (var kind : List.of(SERVICE, NAMESPACE, POD, DEPLOYMENT)) {
      for (var resource : mesh.all(kind)) {
        for (var name : resource.annotations().keySet()) {
          if (isAlpha(name) && !isWrittenByCni(resource, name)) {
            observations.add(
                Observation.of(
                    resource,
                    resource
                        .field("metadata.annotations")
                        .flatMap(all -> all.named(name))
                        .orElse(resource.root()),
                    "The annotation %s is alpha and may change with any release.".formatted(name)));
          }
        }
      }
    }
    return observations;
  }

  private static boolean isAlpha(String name) {
    return KnownAnnotation.isOfIstio(name)
        && KnownAnnotation.of(name).map(KnownAnnotation::isAlpha).orElse(false);
  }

  private static boolean isWrittenByCni(Resource resource, String name) {
    return BY_CNI.contains(name)
        && resource.id().kind().equals("Pod")
        && resource.fields("spec.initContainers.*.name").stream()
            .noneMatch(container -> container.text().equals("istio-init"));
  }
}
