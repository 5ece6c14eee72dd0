package io.bugreport.analyzers.envoy;

import static io.bugreport.model.endpoint.Endpoint.ENVOY_CLUSTERS;
import static io.bugreport.model.resource.ResourceKind.ENDPOINT_SLICE;
import static io.bugreport.model.resource.ResourceKind.POD;
import static io.bugreport.model.resource.ResourceKind.SERVICE;
import static io.bugreport.model.resource.ResourceKind.VIRTUAL_SERVICE;

import io.bugreport.analyzers.mesh.PodIndex;
import io.bugreport.analyzers.mesh.Ties;
import io.bugreport.model.check.Check;
import io.bugreport.model.check.Mesh;
import io.bugreport.model.check.Observation;
import io.bugreport.model.check.ProxyAnalyzer;
import io.bugreport.model.check.ProxyPass;
import io.bugreport.model.check.ProxyReader;
import io.bugreport.model.envoy.Section;
import io.bugreport.model.envoy.UpstreamCluster;
import io.bugreport.model.finding.Severity;
import io.bugreport.model.resource.Field;
import io.bugreport.model.resource.Resource;
import io.bugreport.model.resource.ResourceId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A proxy has no host for a service that has ready endpoints in Kubernetes, or none for a service
/// whose pods run and are all not ready. Requests to it fail with `503 UH` (no healthy upstream).
///
/// Where Kubernetes has ready endpoints, the proxy's are missing on the way: istiod is out of date,
/// a subset's labels match no pod, or the pods are in another network. Where it has none, the pods
/// do not pass their readiness probes; that is only a warning, for it is so during each start.
///
/// Services without any running pod, such as one that is scaled to zero, are left alone. So are
/// subsets that no VirtualService leads to.
///
/// ## Fix
///
/// Compare what Kubernetes has with what the proxy has:
///
/// ```sh
/// kubectl -n NAMESPACE get endpointslices -l kubernetes.io/service-name=SERVICE
/// istioctl proxy-config endpoints POD.NAMESPACE --cluster 'outbound|PORT||HOST'
/// ```
///
/// For a subset, compare the labels of its `DestinationRule` with those of the pods:
///
/// ```sh
/// kubectl -n NAMESPACE get pods --show-labels
/// ```
@Check(
    codes = "ENV-06",
    title = "Service for which a proxy has no endpoint",
    severity = Severity.ERROR,
    endpoints = ENVOY_CLUSTERS,
    resources = {ENDPOINT_SLICE, SERVICE, POD, VIRTUAL_SERVICE},
    follows = "*")
public final class ClusterWithoutHosts implements ProxyAnalyzer<ClusterWithoutHosts.Empty> {
  private static final String SERVICE_NAME = "kubernetes.io/service-name";
  private static final String SUFFIX = ".svc.";

  private record Port(ResourceId service, int number) {}

  /// The clusters of a proxy that have no host in use.
  record Empty(ResourceId pod, List<UpstreamCluster> empty) {
    Empty {
      empty = List.copyOf(empty);
    }
  }

  /// What several proxies lack alike is one finding.
  private record Lack(String cluster, String upstream, boolean hasReady) {}

  @Override
  public List<Observation> analyze(Mesh mesh) throws IOException {
    var ready = ready(mesh);
    var unready = unready(mesh);
    var routed = routedSubsets(mesh);
    Map<Lack, Observation> found = new LinkedHashMap<>();
    for (var proxy : mesh.proxies(this)) {
      for (var cluster : proxy.empty()) {
        lack(proxy.pod(), cluster, ready, unready)
            .filter(_ -> isRouted(cluster, routed))
            .ifPresent(
                lack ->
                    found.merge(
                        lack,
                        observation(proxy.pod(), cluster, lack),
                        (known, _) -> known.with(proxy.pod())));
      }
    }
    return new ArrayList<>(found.values());
  }

  @Override
  public Set<Section> sections() {
    return Set.of();
  }

  @Override
  public ProxyReader<Empty> reader(ProxyPass pass) {
    List<UpstreamCluster> empty = new ArrayList<>();
    return new ProxyReader<>() {
      @Override
      public void upstream(UpstreamCluster cluster) {
        // Hosts that outlier detection took out are another check's matter.
        if (cluster.name().startsWith("outbound|")
            && cluster.hosts().stream().allMatch(h -> h.isUnhealthy() && !h.isEjected())) {
          empty.add(cluster);
        }
      }

      @Override
      public Empty result() {
        return new Empty(pass.pod(), empty);
      }
    };
  }

  /// The subsets that routes lead to, with the first label of their host. A subset that nothing
  /// leads to may well be without pods.
  private static Set<String> routedSubsets(Mesh mesh) throws IOException {
    Set<String> routed = new HashSet<>();
    for (var service : mesh.all(VIRTUAL_SERVICE)) {
      for (var protocol : List.of("http", "tcp", "tls")) {
        for (var route : service.fields("spec." + protocol + ".*.route.*")) {
          if (!route.text("weight").equals("0")) {
            routed.add(
                route.text("destination.subset")
                    + " "
                    + firstLabel(route.text("destination.host")));
          }
        }
      }
    }
    return routed;
  }

  private static String firstLabel(String host) {
    var dot = host.indexOf('.');
    return dot < 0 ? host : host.substring(0, dot);
  }

  private static boolean isRouted(UpstreamCluster cluster, Set<String> routed) {
    var parts = cluster.name().split("\\|", -1);
    return parts[2].isEmpty() || routed.contains(parts[2] + " " + firstLabel(parts[3]));
  }

  /// The ports of Services that have a ready endpoint. Headless ones are resolved by name, and
  /// proxies need no hosts for them.
  private static Set<Port> ready(Mesh mesh) throws IOException {
    Set<ResourceId> sliced = new HashSet<>();
    Map<ResourceId, Set<String>> names = new HashMap<>();
    for (var slice : mesh.all(ENDPOINT_SLICE)) {
      var service =
          new ResourceId(
              slice.id().cluster(),
              "",
              "Service",
              slice.namespace(),
              slice.labels().getOrDefault(SERVICE_NAME, ""));
      if (slice.fields("endpoints.*").stream()
          .anyMatch(e -> !e.text("conditions.ready").equals("false"))) {
        sliced.add(service);
        slice
            .fields("ports.*")
            .forEach(p -> names.computeIfAbsent(service, _ -> new HashSet<>()).add(p.text("name")));
      }
    }
    Set<Port> ready = new HashSet<>();
    for (var service : mesh.all(SERVICE)) {
      if (sliced.contains(service.id())
          && !service.text("spec.clusterIP").equals("None")
          // Each proxy has the endpoints of its own node only.
          && !service.text("spec.internalTrafficPolicy").equals("Local")) {
        for (var port : service.fields("spec.ports.*")) {
          if (names.getOrDefault(service.id(), Set.of()).contains(port.text("name"))) {
            port.field("port")
                .flatMap(Field::number)
                .ifPresent(number -> ready.add(new Port(service.id(), number)));
          }
        }
      }
    }
    return ready;
  }

  /// The Services whose pods run, and none of them is ready.
  private static Set<ResourceId> unready(Mesh mesh) throws IOException {
    var byCluster = new HashMap<String, List<Resource>>();
    for (var pod : mesh.all(POD)) {
      if (pod.text("status.phase").equals("Running")) {
        byCluster.computeIfAbsent(pod.id().cluster(), _ -> new ArrayList<>()).add(pod);
      }
    }
    var indexes = new HashMap<String, PodIndex>();
    byCluster.forEach((cluster, pods) -> indexes.put(cluster, new PodIndex(pods)));
    Set<ResourceId> unready = new HashSet<>();
    for (var service : mesh.all(SERVICE)) {
      var selector = service.texts("spec.selector");
      var index = indexes.get(service.id().cluster());
      if (selector.isEmpty() || index == null || service.text("spec.clusterIP").equals("None")) {
        continue;
      }
      var pods = index.selected(service.namespace(), selector);
      if (!pods.isEmpty()
          && pods.stream()
              .allMatch(
                  p ->
                      p.fields("status.conditions.*").stream()
                          .anyMatch(
                              c ->
                                  c.text("type").equals("Ready")
                                      && c.text("status").equals("False")))) {
        unready.add(service.id());
      }
    }
    return unready;
  }

  private static Optional<Lack> lack(
      ResourceId proxy, UpstreamCluster cluster, Set<Port> ready, Set<ResourceId> unready) {
    var parts = cluster.name().split("\\|", -1);
    var at = parts.length == 4 ? parts[3].indexOf(SUFFIX) : -1;
    if (at < 0) {
      return Optional.empty();
    }
    var host = parts[3].substring(0, at);
    var dot = host.lastIndexOf('.');
    if (dot < 0) {
      return Optional.empty();
    }
    var service =
        new ResourceId(
            proxy.cluster(), "", "Service", host.substring(dot + 1), host.substring(0, dot));
    var number = Integer.parseInt(parts[1].matches("\\d{1,5}") ? parts[1] : "0");
    if (ready.contains(new Port(service, number))) {
      return Optional.of(new Lack(proxy.cluster(), cluster.name(), true));
    }
    return unready.contains(service)
        ? Optional.of(new Lack(proxy.cluster(), cluster.name(), false))
        : Optional.empty();
  }

  private static Observation observation(ResourceId proxy, UpstreamCluster cluster, Lack lack) {
    var observation =
        Observation.of(
                proxy,
                cluster.location(),
                lack.hasReady()
                    ? "The proxy has no host for %s, and Kubernetes has ready endpoints of it: requests fail with 503 UH."
                        .formatted(cluster.name())
                    : "The proxy has no host for %s: its pods run, and none is ready. Requests fail with 503 UH."
                        .formatted(cluster.name()))
            .tie(Ties.upstream(cluster.name()));
    return lack.hasReady() ? observation : observation.severity(Severity.WARNING);
  }
}
