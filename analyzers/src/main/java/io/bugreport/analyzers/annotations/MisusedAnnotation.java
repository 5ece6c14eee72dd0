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
import io.bugreport.model.resource.Field;
import io.bugreport.model.resource.Resource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// An annotation of Istio does not do what its author expects, and nothing says so: Istio passes
/// over what it does not understand.
///
/// - IST0108: Istio knows no annotation of this name. Usually it is misspelt, or was given up.
/// - IST0107: it stands on an object where Istio does not look, such as on a Deployment instead of
///   the template of its pods.
/// - IST0125: its value is not of the kind that Istio expects, so the default holds, or the pod is
///   refused.
/// - IST0135: it still works and will be given up.
///
/// istioctl takes every domain that ends in the letters `istio.io` for Istio's, such as
/// `notistio.io`; here it is the domain and those below it. `proxy.istio.io/config` is judged as
/// YAML with a sound `concurrency`, and no further.
///
/// ## Fix
///
/// Compare name, place and value with the list of annotations in Istio's reference. What is meant
/// for pods belongs into their template:
///
/// ```yaml
/// kind: Deployment
/// spec:
///   template:
///     metadata:
///       annotations:
///         traffic.sidecar.istio.io/excludeOutboundPorts: "5432"
/// ```
///
/// Instead of the annotation `sidecar.istio.io/inject`, use the label of the same name.
@Check(
    codes = {"IST0108", "IST0107", "IST0125", "IST0135"},
    title = "Annotation that Istio does not understand as it stands",
    severity = Severity.WARNING,
    resources = {SERVICE, NAMESPACE, POD, DEPLOYMENT},
    istioctlAnalyzer = "annotations.K8sAnalyzer")
public final class MisusedAnnotation implements Analyzer {
  private static final String INJECT = "sidecar.istio.io/inject";

  @Override
  public List<Observation> analyze(Mesh mesh) throws IOException {
    List<Observation> observations = new ArrayList<>();
    for (var kind : List.of(SERVICE, NAMESPACE, POD, DEPLOYMENT)) {
      for (var resource : mesh.all(kind)) {
        for (var annotation : resource.annotations().entrySet()) {
          if (KnownAnnotation.isOfIstio(annotation.getKey())) {
            judge(resource, annotation.getKey(), annotation.getValue(), observations);
          }
        }
      }
    }
    return observations;
  }

  private static void judge(
      Resource resource, String name, String value, List<Observation> observations) {
    var field =
        resource
            .field("metadata.annotations")
            .flatMap(all -> all.named(name))
            .orElse(resource.root());
    var known = KnownAnnotation.of(name);
    if (known.isEmpty()) {
      observations.add(
          Observation.of(resource, field, "Istio knows no annotation %s.".formatted(name)));
      return;
    }
    if (known.get().isDeprecated() && !resource.labels().containsKey(name)) {
      observations.add(deprecated(resource, field, name));
    }
    var kind = resource.id().kind();
    if (!known.get().belongsTo(kind)) {
      observations.add(
          Observation.of(
                  resource,
                  field,
                  "The annotation %s has no effect on a %s; it belongs on %s."
                      .formatted(name, kind, kinds(known.get())))
              .code("IST0107"));
      return;
    }
    AnnotationValue.problem(name, value)
        .ifPresent(
            problem ->
                observations.add(
                    Observation.of(
                            resource,
                            field,
                            "The value %s of the annotation %s %s."
                                .formatted(shown(value), name, problem))
                        .code("IST0125")));
  }

  private static Observation deprecated(Resource resource, Field field, String name) {
    return Observation.of(
            resource,
            field,
            name.equals(INJECT)
                ? "The annotation %s is deprecated: use the label of the same name."
                    .formatted(INJECT)
                : "The annotation %s is deprecated.".formatted(name))
        .code("IST0135")
        .severity(Severity.INFO);
  }

  private static String kinds(KnownAnnotation known) {
    return known.kinds().stream().sorted().collect(Collectors.joining(", "));
  }

  private static String shown(String value) {
    var line = value.lines().findFirst().orElse("");
    return "`" + (line.length() > 60 ? line.substring(0, 60) + "…" : line) + "`";
  }
}
