package io.bugreport.analyzers.injection;

import io.bugreport.analyzers.mesh.MeshConfig;
import io.bugreport.analyzers.mesh.Place;
import io.bugreport.model.resource.DocumentReader;
import io.bugreport.model.resource.Field;
import io.bugreport.model.resource.Node;
import io.bugreport.model.resource.Resource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/// Which variant of the proxy's image a pod is to get, such as `distroless`: the mesh
/// configuration, the `ProxyConfig` objects of the root namespace, of the pod's namespace and of
/// the pod, and the pod's own annotations, each over the ones before.
final class ProxyVariant {
  private static final String TYPE = "image.imageType";
  private static final String CONFIG = "proxy.istio.io/config";
  private static final String TYPE_ANNOTATION = "sidecar.istio.io/proxyImageType";

  private final MeshConfig mesh;
  private final Map<Place, List<Resource>> configs = new HashMap<>();

  ProxyVariant(MeshConfig mesh, Collection<Resource> proxyConfigs) {
    this.mesh = mesh;
    for (var config : proxyConfigs) {
      configs.computeIfAbsent(Place.of(config), _ -> new ArrayList<>()).add(config);
    }
  }

  /// The variant of a pod; empty for the usual image.
  String of(Resource pod) {
    var variant = mesh.imageType();
    var own = Place.of(pod);
    for (var place : List.of(new Place(own.cluster(), mesh.rootNamespace()), own)) {
      for (var config : configs.getOrDefault(place, List.of())) {
        if (config.texts("spec.selector.matchLabels").isEmpty()) {
          variant = orElse(config.text("spec." + TYPE), variant);
        }
      }
    }
    for (var config : configs.getOrDefault(own, List.of())) {
      var selector = config.texts("spec.selector.matchLabels");
      if (!selector.isEmpty() && pod.isSelectedBy(selector)) {
        variant = orElse(config.text("spec." + TYPE), variant);
      }
    }
    variant = orElse(annotated(pod), variant);
    variant = orElse(pod.annotations().getOrDefault(TYPE_ANNOTATION, ""), variant);
    return variant.equals("default") ? "" : variant;
  }

  private static String orElse(String text, String fallback) {
    return text.isEmpty() ? fallback : text;
  }

  /// What the annotation says; one that is no YAML says nothing, which another check reports.
  private static String annotated(Resource pod) {
    var text = pod.annotations().getOrDefault(CONFIG, "");
    if (text.isEmpty()) {
      return "";
    }
    var root = new AtomicReference<Node>(new Node.Mapping(new LinkedHashMap<>(), 1, 1));
    try {
      DocumentReader.read(
          CONFIG, new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), root::set);
    } catch (IOException _) {
      return "";
    }
    return new Field(CONFIG, "", root.get()).text(TYPE);
  }
}
