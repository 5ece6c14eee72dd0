package io.bugreport.analyzers.mesh;

import io.bugreport.model.resource.DocumentReader;
import io.bugreport.model.resource.Field;
import io.bugreport.model.resource.Node;
import io.bugreport.model.resource.Resource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/// The installation's values that an injector works with: key `values` of the ConfigMap
/// `istio-sidecar-injector`, or `istio-sidecar-injector-<revision>`.
///
/// @param configMap where they stand
/// @param values the document in it; empty where the key is missing
public record InjectorValues(Resource configMap, Field values) {
  private static final String NAME = "istio-sidecar-injector";

  /// The values of every injector.
  ///
  /// @throws IOException when one of them is not JSON or YAML
  public static List<InjectorValues> all(Collection<Resource> configMaps) throws IOException {
    List<InjectorValues> all = new ArrayList<>();
    for (var map : configMaps) {
      if (map.name().equals(NAME) || map.name().startsWith(NAME + "-")) {
        all.add(new InjectorValues(map, parse(map)));
      }
    }
    return all;
  }

  private static Field parse(Resource map) throws IOException {
    var text = map.text("data.values");
    var file = map.root().file();
    var root = new AtomicReference<Node>(new Node.Mapping(new LinkedHashMap<>(), 1, 1));
    DocumentReader.read(
        file + " data.values",
        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
        root::set);
    return new Field(file, "", root.get());
  }

  /// The injector of a revision.
  ///
  /// @param revision empty or `default` for the one without a revision
  public static Optional<InjectorValues> find(
      Collection<InjectorValues> all, String cluster, String revision) {
    var name = revision.isEmpty() || revision.equals("default") ? NAME : NAME + "-" + revision;
    return all.stream()
        .filter(v -> v.configMap.id().cluster().equals(cluster))
        .filter(v -> v.configMap.name().equals(name))
        .findFirst();
  }

  /// Whether namespaces without a label get proxies.
  public boolean isEnabledByDefault() {
    return values.text("sidecarInjectorWebhook.enableNamespacesByDefault").equals("true");
  }

  /// The image that proxies are to have.
  public String proxyImage() {
    var image = values.text("global.proxy.image");
    return image.indexOf('/') >= 0
        ? image
        : values.text("global.hub") + "/" + image + ":" + values.text("global.tag");
  }

  /// The variant of that image, such as `distroless`; empty for the usual one.
  public String variant() {
    return values.text("global.variant");
  }

  /// The name that the cluster has in the mesh.
  public String clusterName() {
    return values.text("global.multiCluster.clusterName");
  }

  /// The domain of the cluster's Services, where the installation says it.
  public Optional<String> clusterDomain() {
    return Optional.of(values.text("global.proxy.clusterDomain")).filter(d -> !d.isEmpty());
  }
}
