package io.bugreport.analyzers.multicluster;

import static io.bugreport.model.resource.ResourceKind.CONFIG_MAP;
import static io.bugreport.model.resource.ResourceKind.SECRET;

import io.bugreport.analyzers.mesh.InjectorValues;
import io.bugreport.analyzers.mesh.MeshConfig;
import io.bugreport.analyzers.mesh.Workloads;
import io.bugreport.model.check.Analyzer;
import io.bugreport.model.check.Check;
import io.bugreport.model.check.Mesh;
import io.bugreport.model.check.Observation;
import io.bugreport.model.finding.Severity;
import io.bugreport.model.resource.Field;
import io.bugreport.model.resource.ResourceId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The mesh networks assign a cluster to a network, and there is no cluster of this name. Its
/// endpoints then belong to no network, so proxies of other networks send to their addresses
/// directly instead of through the gateway, and do not reach them.
///
/// A cluster is known by the key in its remote Secret (label `istio/multiCluster`), or is the one
/// that istiod itself runs in, by the name it was installed with; istioctl does not know the
/// latter.
///
/// ## Fix
///
/// Compare the names, and correct `fromRegistry` or create the remote Secret:
///
/// ```sh
/// kubectl -n istio-system get secrets -l istio/multiCluster=true
/// istioctl create-remote-secret --context REMOTE --name NAME
/// ```
@Check(
    codes = "IST0126",
    title = "Network of an unknown cluster",
    severity = Severity.ERROR,
    resources = {CONFIG_MAP, SECRET},
    istioctlAnalyzer = "meshnetworks.MeshNetworksAnalyzer")
public final class UnknownRegistry implements Analyzer {
  private static final String REMOTE = "istio/multiCluster";
  private static final Set<String> BUILT_IN = Set.of("Kubernetes", "External", "Mock");

  @Override
  public List<Observation> analyze(Mesh mesh) throws IOException {
    var configMaps = mesh.all(CONFIG_MAP);
    Set<String> known = new HashSet<>(BUILT_IN);
    InjectorValues.all(configMaps).forEach(values -> known.add(values.clusterName()));
    for (var secret : mesh.all(SECRET)) {
      if (secret.labels().getOrDefault(REMOTE, "").equals("true")) {
        for (var values : List.of("data", "stringData")) {
          secret
              .field(values)
              .map(Workloads::labels)
              .ifPresent(keys -> known.addAll(keys.keySet()));
        }
      }
    }
    var config = MeshConfig.of(configMaps);
    var source = config.sourceOfNetworks();
    List<Observation> observations = new ArrayList<>();
    if (source.isPresent()) {
      config
          .networks()
          .forEach(
              (network, definition) ->
                  definition.fields("endpoints.*.fromRegistry").stream()
                      .map(Field::text)
                      .filter(registry -> !known.contains(registry))
                      .forEach(
                          registry ->
                              observations.add(observation(source.get(), network, registry))));
    }
    return observations;
  }

  /// The networks are an object of their own to those who write them.
  private static Observation observation(
      MeshConfig.Source source, String network, String registry) {
    var map = source.configMap().id();
    return Observation.of(
            new ResourceId(map.cluster(), "", "MeshNetworks", map.namespace(), "meshnetworks"),
            source.text().location(),
            "The network %s takes endpoints from the cluster %s, which is unknown."
                .formatted(network, registry))
        .with(map);
  }
}
