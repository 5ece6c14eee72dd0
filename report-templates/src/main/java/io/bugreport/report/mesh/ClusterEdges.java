package io.bugreport.report.mesh;

import io.bugreport.model.resource.Field;
import io.bugreport.model.resource.Resource;
import io.bugreport.model.resource.ResourceId;
import io.bugreport.model.resource.ResourceKind;
import io.bugreport.model.snapshot.Cluster;
import io.bugreport.model.snapshot.Snapshot;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Reads the objects of one cluster into the graph.
final class ClusterEdges {
  private static final List<ResourceKind> SELECTING =
      List.of(
          ResourceKind.AUTHORIZATION_POLICY,
          ResourceKind.PEER_AUTHENTICATION,
          ResourceKind.REQUEST_AUTHENTICATION,
          ResourceKind.TELEMETRY,
          ResourceKind.WASM_PLUGIN);
  private static final List<ResourceKind> WORKLOAD_SELECTING =
      List.of(ResourceKind.ENVOY_FILTER, ResourceKind.SIDECAR);
  private static final List<ResourceKind> KUBERNETES_ROUTES =
      List.of(
          ResourceKind.HTTP_ROUTE,
          ResourceKind.GRPC_ROUTE,
          ResourceKind.TCP_ROUTE,
          ResourceKind.TLS_ROUTE);
  private static final String GATEWAY_API = "gateway.networking.k8s.io";

  private final Snapshot snapshot;
  private final Cluster cluster;
  private final Reading reading;
  private final MeshGraph graph;
  private final Workloads workloads;
  private final Hosts hosts = new Hosts();
  private final Map<ResourceId, String> entrances = new LinkedHashMap<>();

  ClusterEdges(Snapshot snapshot, Cluster cluster, Reading reading, MeshGraph graph) {
    this.snapshot = snapshot;
    this.cluster = cluster;
    this.reading = reading;
    this.graph = graph;
    this.workloads = graph.workloads(cluster.name());
  }

  void add() {
    services();
    gateways();
    virtualServices();
    KUBERNETES_ROUTES.forEach(this::kubernetesRoutes);
    destinationRules();
    SELECTING.forEach(kind -> policies(kind, "spec.selector.matchLabels"));
    WORKLOAD_SELECTING.forEach(kind -> policies(kind, "spec.workloadSelector.labels"));
  }

  private void services() {
    var tls =
        new PeerTls(
            snapshot,
            cluster,
            reading.all(cluster, ResourceKind.PEER_AUTHENTICATION),
            graph.rootNamespace(cluster.name()));
    for (var service : reading.all(cluster, ResourceKind.SERVICE)) {
      hosts.add(service);
      workloads
          .selected(service.namespace(), service.texts("spec.selector"))
          .forEach(workload -> graph.add(service.id(), workload.id(), tls.of(workload)));
    }
    for (var entry : reading.all(cluster, ResourceKind.SERVICE_ENTRY)) {
      hosts.addEntry(entry);
      workloads
          .selected(entry.namespace(), entry.texts("spec.workloadSelector.labels"))
          .forEach(workload -> graph.add(entry.id(), workload.id(), tls.of(workload)));
    }
  }

  private void gateways() {
    for (var gateway : reading.all(cluster, ResourceKind.GATEWAY)) {
      entrances.put(
          gateway.id(),
          ports(
              gateway.fields("spec.servers.*.port"),
              "number",
              gateway.fields("spec.servers.*.tls.mode")));
    }
    for (var gateway : reading.all(cluster, ResourceKind.KUBERNETES_GATEWAY)) {
      entrances.put(
          gateway.id(),
          ports(
              gateway.fields("spec.listeners.*"),
              "port",
              gateway.fields("spec.listeners.*.tls.mode")));
    }
  }

  private static String ports(List<Field> ports, String number, List<Field> modes) {
    var shown =
        ports.stream()
            .map(port -> port.text("protocol") + " " + port.text(number))
            .distinct()
            .limit(3)
            .collect(Collectors.joining(", "));
    var tls = modes.stream().map(Field::text).distinct().limit(2).collect(Collectors.joining("/"));
    return tls.isEmpty() ? shown : shown + ", TLS " + tls.toLowerCase(Locale.ROOT);
  }

  private void virtualServices() {
    for (var route : reading.all(cluster, ResourceKind.VIRTUAL_SERVICE)) {
      for (var name : route.fields("spec.gateways.*")) {
        var slash = name.text().indexOf('/');
        var namespace = slash < 0 ? route.namespace() : name.text().substring(0, slash);
        var id =
            new ResourceId(
                cluster.name(),
                ResourceKind.GATEWAY.group(),
                "Gateway",
                namespace,
                name.text().substring(slash + 1));
        if (entrances.containsKey(id)) {
          graph.add(id, route.id(), entrances.getOrDefault(id, ""));
        }
      }
      Map<ResourceId, Set<String>> subsets = new LinkedHashMap<>();
      for (var protocol : List.of("http", "tls", "tcp")) {
        for (var destination : route.fields("spec." + protocol + ".*.route.*.destination")) {
          hosts
              .find(destination.text("host"), route.namespace())
              .ifPresent(
                  service ->
                      subsets
                          .computeIfAbsent(service, _ -> new LinkedHashSet<>())
                          .add(destination.text("subset")));
        }
      }
      subsets.forEach(
          (service, names) ->
              graph.add(
                  route.id(),
                  service,
                  names.stream()
                      .filter(name -> !name.isEmpty())
                      .sorted()
                      .limit(4)
                      .collect(Collectors.joining(", "))));
    }
  }

  private void kubernetesRoutes(ResourceKind kind) {
    for (var route : reading.all(cluster, kind)) {
      for (var parent : route.fields("spec.parentRefs.*")) {
        var id =
            new ResourceId(
                cluster.name(),
                orElse(parent.text("group"), GATEWAY_API),
                orElse(parent.text("kind"), "Gateway"),
                orElse(parent.text("namespace"), route.namespace()),
                parent.text("name"));
        if (entrances.containsKey(id)) {
          graph.add(id, route.id(), entrances.getOrDefault(id, ""));
        }
      }
      for (var backend : route.fields("spec.rules.*.backendRefs.*")) {
        if (orElse(backend.text("kind"), "Service").equals("Service")) {
          hosts
              .service(orElse(backend.text("namespace"), route.namespace()), backend.text("name"))
              .ifPresent(service -> graph.add(route.id(), service, ""));
        }
      }
    }
  }

  private static String orElse(String text, String fallback) {
    return text.isEmpty() ? fallback : text;
  }

  private void destinationRules() {
    for (var rule : reading.all(cluster, ResourceKind.DESTINATION_RULE)) {
      var mode = rule.text("spec.trafficPolicy.tls.mode");
      hosts
          .find(rule.text("spec.host"), rule.namespace())
          .ifPresent(
              service ->
                  graph.add(
                      service,
                      rule.id(),
                      mode.isEmpty() ? "" : "TLS " + mode.toLowerCase(Locale.ROOT)));
    }
  }

  private void policies(ResourceKind kind, String selectorPath) {
    for (var policy : reading.all(cluster, kind)) {
      var targets = policy.fields("spec.targetRefs.*");
      var selector = policy.texts(selectorPath);
      if (!targets.isEmpty()) {
        targets.forEach(target -> target(policy, target));
      } else if (!selector.isEmpty()) {
        workloads
            .selected(policy.namespace(), selector)
            .forEach(workload -> graph.add(workload.id(), policy.id(), badge(policy)));
      } else {
        var all =
            policy.namespace().equals(graph.rootNamespace(cluster.name()))
                ? workloads.all()
                : workloads.in(policy.namespace());
        all.stream()
            .filter(Workloads.Workload::proxied)
            .forEach(workload -> graph.add(workload.id(), policy.id(), badge(policy)));
      }
    }
  }

  private void target(Resource policy, Field target) {
    var id =
        new ResourceId(
            cluster.name(),
            target.text("group"),
            target.text("kind"),
            policy.namespace(),
            target.text("name"));
    graph.add(id, policy.id(), badge(policy));
  }

  private static String badge(Resource policy) {
    return switch (policy.id().kind()) {
      case "AuthorizationPolicy" ->
          orElse(policy.text("spec.action"), "ALLOW").toLowerCase(Locale.ROOT);
      case "PeerAuthentication" -> policy.text("spec.mtls.mode").toLowerCase(Locale.ROOT);
      default -> "";
    };
  }
}
