package io.bugreport.analyzers.injection;

import static io.bugreport.model.resource.ResourceKind.DEPLOYMENT;
import static io.bugreport.model.resource.ResourceKind.MUTATING_WEBHOOK;
import static io.bugreport.model.resource.ResourceKind.NAMESPACE;
import static io.bugreport.model.resource.ResourceKind.POD;

import io.bugreport.analyzers.mesh.Containers;
import io.bugreport.analyzers.mesh.LabelSelector;
import io.bugreport.analyzers.mesh.Place;
import io.bugreport.model.check.Analyzer;
import io.bugreport.model.check.Check;
import io.bugreport.model.check.Mesh;
import io.bugreport.model.check.Observation;
import io.bugreport.model.finding.Severity;
import io.bugreport.model.resource.Field;
import io.bugreport.model.resource.Resource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A container names its image `auto`, which is a place that the injector fills when the pod is
/// created. Without injection it stays, there is no such image, and the pod hangs in
/// `ImagePullBackOff`. IST0147 is a pod where that has happened; IST0146 a Deployment to which no
/// injection webhook applies, so it will.
///
/// Gateways are deployed this way, and often their namespace lacks the label for injection.
///
/// ## Fix
///
/// Let the injector at the pods, by the namespace or by their template, and create them anew:
///
/// ```sh
/// kubectl label namespace NAMESPACE istio-injection=enabled
/// kubectl -n NAMESPACE rollout restart deployment NAME
/// ```
///
/// ```yaml
/// template:
///   metadata:
///     labels: {sidecar.istio.io/inject: "true"}
///     annotations: {inject.istio.io/templates: gateway}
/// ```
@Check(
    codes = {"IST0147", "IST0146"},
    title = "Image auto that nobody replaces",
    severity = Severity.ERROR,
    resources = {POD, DEPLOYMENT, NAMESPACE, MUTATING_WEBHOOK},
    istioctlAnalyzer = "injection.ImageAutoAnalyzer")
public final class ImageAutoWithoutInjection implements Analyzer {
  private static final String NAMESPACE_NAME = "kubernetes.io/metadata.name";

  @Override
  public List<Observation> analyze(Mesh mesh) throws IOException {
    List<Observation> observations = new ArrayList<>();
    for (var pod : mesh.all(POD)) {
      pod.field("spec")
          .flatMap(ImageAutoWithoutInjection::auto)
          .ifPresent(
              image ->
                  observations.add(
                      Observation.of(
                          pod, image, "No injector has replaced the image auto of its proxy.")));
    }
    Map<Place, Map<String, String>> labels = new HashMap<>();
    mesh.all(NAMESPACE).forEach(namespace -> labels.put(Place.of(namespace), namespace.labels()));
    var webhooks = mesh.all(MUTATING_WEBHOOK);
    for (var deployment : mesh.all(DEPLOYMENT)) {
      deployment
          .field("spec.template.spec")
          .flatMap(ImageAutoWithoutInjection::auto)
          .filter(_ -> !isInjected(deployment, labels, webhooks))
          .ifPresent(
              image ->
                  observations.add(
                      Observation.of(
                              deployment,
                              image,
                              "No injection webhook applies to its pods, whose proxy has the image auto.")
                          .code("IST0146")
                          .severity(Severity.WARNING)));
    }
    return observations;
  }

  private static Optional<Field> auto(Field spec) {
    return Containers.all(spec)
        .filter(container -> container.text("name").equals(Containers.PROXY))
        .flatMap(container -> container.named("image").stream())
        .filter(image -> image.text().equals("auto"))
        .findFirst();
  }

  private static boolean isInjected(
      Resource deployment, Map<Place, Map<String, String>> labels, List<Resource> webhooks) {
    var place = Place.of(deployment);
    var ofNamespace = new HashMap<>(labels.getOrDefault(place, Map.of()));
    ofNamespace.put(NAMESPACE_NAME, place.namespace());
    var ofPod = new LinkedHashMap<>(deployment.texts("spec.template.metadata.labels"));
    return webhooks.stream()
        .filter(configuration -> configuration.id().cluster().equals(place.cluster()))
        .flatMap(configuration -> configuration.fields("webhooks.*").stream())
        .filter(webhook -> webhook.text("name").endsWith("istio.io"))
        .anyMatch(
            webhook ->
                LabelSelector.matches(webhook, "namespaceSelector", ofNamespace)
                    && LabelSelector.matches(webhook, "objectSelector", ofPod));
  }
}
