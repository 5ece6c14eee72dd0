package io.bugreport.analyzers.injection;

import static io.bugreport.model.resource.ResourceKind.CONFIG_MAP;
import static io.bugreport.model.resource.ResourceKind.MUTATING_WEBHOOK;
import static io.bugreport.model.resource.ResourceKind.NAMESPACE;
import static io.bugreport.model.resource.ResourceKind.POD;
import static io.bugreport.model.resource.ResourceKind.PROXY_CONFIG;

import io.bugreport.analyzers.mesh.Containers;
import io.bugreport.analyzers.mesh.Injection;
import io.bugreport.analyzers.mesh.InjectorValues;
import io.bugreport.analyzers.mesh.MeshConfig;
import io.bugreport.analyzers.mesh.Place;
import io.bugreport.analyzers.mesh.Revisions;
import io.bugreport.model.check.Analyzer;
import io.bugreport.model.check.Check;
import io.bugreport.model.check.Mesh;
import io.bugreport.model.check.Observation;
import io.bugreport.model.finding.Severity;
import io.bugreport.model.resource.Resource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Pods of a namespace run another image of the proxy than the injector would give them today.
/// Usually Istio was upgraded and they were not restarted since: they miss the fixes of the new
/// version, and after some releases the control plane does not support them any more.
///
/// The injector is that of the pod's or the namespace's revision, tags included (istioctl does not
/// resolve those, and so never judges such namespaces). Images are compared by name and version:
/// one that comes from a mirror of the registry is the same, unless it has another digest; istioctl
/// reports it. Pods that chose their image themselves, with the annotation
/// `sidecar.istio.io/proxyImage`, and pods that have finished are left alone.
///
/// ## Fix
///
/// Restart the workloads, which gives them the injector's image:
///
/// ```sh
/// kubectl -n NAMESPACE rollout restart deployment
/// istioctl proxy-status
/// ```
@Check(
    codes = "IST0158",
    title = "Proxies of another version than the injector's",
    severity = Severity.WARNING,
    resources = {NAMESPACE, POD, CONFIG_MAP, PROXY_CONFIG, MUTATING_WEBHOOK},
    istioctlAnalyzer = "injection.ImageAnalyzer")
public final class ProxyOfAnotherVersion implements Analyzer {
  private static final String OWN_IMAGE = "sidecar.istio.io/proxyImage";
  private static final int NAMED = 10;

  @Override
  public List<Observation> analyze(Mesh mesh) throws IOException {
    var configMaps = mesh.all(CONFIG_MAP);
    var injectors = InjectorValues.all(configMaps);
    var revisions = new Revisions(mesh.all(MUTATING_WEBHOOK));
    var variants = new ProxyVariant(MeshConfig.of(configMaps), mesh.all(PROXY_CONFIG));
    Map<Place, Resource> namespaces = new TreeMap<>(ProxyOfAnotherVersion::compare);
    mesh.all(NAMESPACE).forEach(namespace -> namespaces.put(Place.of(namespace), namespace));
    Map<Place, List<Resource>> unlike = new TreeMap<>(ProxyOfAnotherVersion::compare);
    for (var pod : mesh.all(POD)) {
      var namespace = namespaces.get(Place.of(pod));
      if (namespace == null || isExempt(pod)) {
        continue;
      }
      var image = pod.field("spec").flatMap(Containers::proxy).map(proxy -> proxy.text("image"));
      var label = revision(pod, namespace);
      if (image.isPresent() && !label.isEmpty()) {
        InjectorValues.find(
                injectors, pod.id().cluster(), revisions.resolve(pod.id().cluster(), label))
            .filter(values -> !isOf(image.get(), values, variants.of(pod)))
            .ifPresent(_ -> unlike.computeIfAbsent(Place.of(pod), _ -> new ArrayList<>()).add(pod));
      }
    }
    List<Observation> observations = new ArrayList<>();
    unlike.forEach(
        (place, pods) -> {
          var namespace = namespaces.get(place);
          if (namespace != null) {
            observations.add(observation(namespace, pods));
          }
        });
    return observations;
  }

  private static int compare(Place one, Place other) {
    var byCluster = one.cluster().compareTo(other.cluster());
    return byCluster != 0 ? byCluster : one.namespace().compareTo(other.namespace());
  }

  private static boolean isExempt(Resource pod) {
    var phase = pod.text("status.phase");
    return phase.equals("Succeeded")
        || phase.equals("Failed")
        || pod.annotations().containsKey(OWN_IMAGE);
  }

  /// The revision or tag whose injector a pod gets its proxy from; `default` for the one without a
  /// name, empty for none.
  private static String revision(Resource pod, Resource namespace) {
    var own = pod.labels().getOrDefault(Injection.REVISION, "");
    if (!own.isEmpty()) {
      return own;
    }
    if (Injection.isEnabled(namespace)) {
      return "default";
    }
    return Injection.asksForSidecars(namespace)
        ? namespace.labels().getOrDefault(Injection.REVISION, "")
        : "";
  }

  private static boolean isOf(String image, InjectorValues values, String variant) {
    var expected = withoutRegistry(values.proxyImage());
    var actual = withoutRegistry(image);
    return actual.equals(expected)
        || actual.equals(expected + "-" + variant)
        || (!values.variant().isEmpty() && actual.equals(expected + "-" + values.variant()))
        || (!expected.contains("@") && actual.startsWith(expected + "@"));
  }

  /// The name with its version, such as `proxyv2:1.26.1`.
  private static String withoutRegistry(String image) {
    return image.substring(image.lastIndexOf('/') + 1);
  }

  private static Observation observation(Resource namespace, List<Resource> pods) {
    var names = pods.stream().limit(NAMED).map(Resource::name).toList();
    var observation =
        Observation.of(
            namespace,
            "The injector has another proxy image than that of %s%s."
                .formatted(
                    String.join(", ", names),
                    pods.size() > NAMED ? " and %d more pods".formatted(pods.size() - NAMED) : ""));
    for (var pod : pods.stream().limit(NAMED).toList()) {
      observation = observation.and(pod.location()).with(pod.id());
    }
    return observation;
  }
}
