package io.bugreport.report.mesh;

import io.bugreport.model.resource.DocumentReader;
import io.bugreport.model.resource.Field;
import io.bugreport.model.resource.Node;
import io.bugreport.model.resource.Resource;
import io.bugreport.model.resource.ResourceKind;
import io.bugreport.model.snapshot.Cluster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The namespace whose policies count for the whole mesh: `rootNamespace` of the mesh
/// configuration, which stands in a ConfigMap `istio` (`istio-REVISION` beside others) under the
/// key `mesh`.
///
/// Where no configuration names one it is Istio's own default.
final class RootNamespace {
  private static final String STANDARD = "istio-system";

  private RootNamespace() {}

  static String of(Cluster cluster, Reading reading) {
    return reading.all(cluster, ResourceKind.CONFIG_MAP).stream()
        .filter(map -> map.name().equals("istio") || map.name().startsWith("istio-"))
        .sorted(Comparator.comparing(Resource::name).thenComparing(Resource::namespace))
        .map(RootNamespace::named)
        .filter(name -> !name.isEmpty())
        .findFirst()
        .orElse(STANDARD);
  }

  private static String named(Resource map) {
    var mesh = map.text("data.mesh");
    var path = map.id().toString();
    List<Node> roots = new ArrayList<>();
    try {
      DocumentReader.read(
          path, new ByteArrayInputStream(mesh.getBytes(StandardCharsets.UTF_8)), roots::add);
    } catch (IOException _) {
      return ""; // istiod would not take it either, and goes by its default
    }
    return roots.stream()
        .findFirst()
        .map(root -> new Field(path, "", root).text("rootNamespace"))
        .orElse("");
  }
}
