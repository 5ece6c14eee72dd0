package io.bugreport.analyzers.mesh;

import io.bugreport.model.resource.DocumentReader;
import io.bugreport.model.resource.Field;
import io.bugreport.model.resource.Node;
import io.bugreport.model.resource.Resource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/// The mesh configuration: key `mesh` of the ConfigMap `istio` beside istiod, or `istio-<revision>`
/// where it was installed with a revision. Where a cluster has none, every value is absent and the
/// built-in default holds.
///
/// A file that stands in for it is put into the snapshot as such a ConfigMap with the annotation
/// [#OVERRIDE].
public final class MeshConfig {
  /// The annotation of a ConfigMap that counts before the cluster's own.
  public static final String OVERRIDE = "bug-report.io/overrides";

  private static final String ROOT_NAMESPACE = "istio-system";
  private static final String NAME = "istio";
  private static final String MESH = "mesh";
  private static final String NETWORKS = "meshNetworks";
  private static final Field NONE =
      new Field("", "", new Node.Mapping(new LinkedHashMap<>(), 1, 1));

  private static final Comparator<Source> ORDER =
      Comparator.comparing((Source s) -> !s.configMap().annotations().containsKey(OVERRIDE))
          .thenComparing(s -> !s.configMap().name().equals(NAME))
          .thenComparing(s -> !s.configMap().namespace().equals(ROOT_NAMESPACE))
          .thenComparing(s -> s.configMap().id());

  private final Field mesh;
  private final Field networks;
  private final Optional<Source> ofNetworks;
  private final String home;

  /// Where a document of the mesh stands.
  ///
  /// @param text the value that holds it
  public record Source(Resource configMap, Field text) {}

  private MeshConfig(Field mesh, String home, Field networks, Optional<Source> ofNetworks) {
    this.mesh = mesh;
    this.home = home;
    this.networks = networks;
    this.ofNetworks = ofNetworks;
  }

  /// The configuration of a mesh. Of several clusters, the first that has one decides.
  ///
  /// @throws IOException when it is not YAML
  public static MeshConfig of(Collection<Resource> configMaps) throws IOException {
    var ofMesh = source(configMaps, MESH);
    var ofNetworks = source(configMaps, NETWORKS);
    return new MeshConfig(
        ofMesh.isPresent() ? parse(ofMesh.get().text()) : NONE,
        ofMesh.map(found -> found.configMap().namespace()).orElse(ROOT_NAMESPACE),
        ofNetworks.isPresent() ? parse(ofNetworks.get().text()) : NONE,
        ofNetworks);
  }

  /// The first document there is under a key: of a file that stands in for it, then of the
  /// installation without a revision, then of the others by name.
  private static Optional<Source> source(Collection<Resource> configMaps, String key) {
    return configMaps.stream()
        .filter(map -> map.name().equals(NAME) || map.name().startsWith(NAME + "-"))
        .flatMap(
            map ->
                map.field("data").flatMap(data -> data.named(key)).stream()
                    .map(text -> new Source(map, text)))
        .min(ORDER);
  }

  private static Field parse(Field text) throws IOException {
    var root = new AtomicReference<>(NONE.node());
    DocumentReader.read(
        text.file() + " " + text.path(),
        new ByteArrayInputStream(text.text().getBytes(StandardCharsets.UTF_8)),
        root::set);
    return new Field(text.file(), "", root.get());
  }

  /// The namespace whose policies hold for the whole mesh: by default that of the control plane.
  public String rootNamespace() {
    var named = mesh.text("rootNamespace");
    return named.isEmpty() ? home : named;
  }

  /// What every proxy is started with, such as `ISTIO_META_DNS_CAPTURE`.
  public String proxyMetadata(String name) {
    return mesh.field("defaultConfig.proxyMetadata")
        .flatMap(metadata -> metadata.named(name))
        .map(Field::text)
        .orElse("");
  }

  /// The trust domain of the mesh; empty where it has the default, `cluster.local`.
  public String trustDomain() {
    return mesh.text("trustDomain");
  }

  /// The variant of the proxy's image, such as `distroless`; empty where it is the usual one.
  public String imageType() {
    return mesh.text("defaultConfig.image.imageType");
  }

  /// The providers that access logs go to where no Telemetry says otherwise.
  public List<String> defaultAccessLogProviders() {
    return mesh.fields("defaultProviders.accessLogging.*").stream().map(Field::text).toList();
  }

  /// Names of all extension providers.
  public List<String> extensionProviders() {
    return mesh.fields("extensionProviders.*").stream().map(p -> p.text("name")).toList();
  }

  /// Names of the extension providers that have a field, such as `lightstep`.
  public List<String> extensionProviders(String field) {
    return mesh.fields("extensionProviders.*").stream()
        .filter(provider -> provider.named(field).isPresent())
        .map(provider -> provider.text("name"))
        .toList();
  }

  /// Where the networks stand, if anywhere.
  public Optional<Source> sourceOfNetworks() {
    return ofNetworks;
  }

  /// The networks of the mesh by name.
  public Map<String, Field> networks() {
    var byName = new LinkedHashMap<String, Field>();
    for (var network : networks.fields("networks.*")) {
      byName.put(network.path().substring("networks.".length()), network);
    }
    return byName;
  }
}
