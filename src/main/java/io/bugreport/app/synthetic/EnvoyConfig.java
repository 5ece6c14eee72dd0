package io.bugreport.app.synthetic;

import io.bugreport.app.synthetic.Endpoints.Target;
import io.bugreport.app.synthetic.Service.Port;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Clusters and endpoints as istiod makes them for one proxy.
final class EnvoyConfig {
  /// The host that the ingress gateway serves.
  static final String GATEWAY_HOST = "bookinfo.example.com";

  static final String TYPE = "@type";
  private static final String CLA =
      "type.googleapis.com/envoy.config.endpoint.v3.ClusterLoadAssignment";

  final Mesh mesh;
  final Proxy proxy;
  final Routing routing;
  final String updated;

  EnvoyConfig(Mesh mesh, Proxy proxy) {
    this.mesh = mesh;
    this.proxy = proxy;
    this.routing = new Routing(mesh);
    this.updated = Connections.connectedAt(mesh, proxy).plusMillis(310).toString();
  }

  ObjectNode fill(String template, Object... pairs) {
    Map<String, Object> values = new HashMap<>();
    values.put("updated", updated);
    values.put("version", Connections.version(mesh));
    for (var i = 0; i < pairs.length; i += 2) {
      values.put((String) pairs[i], pairs[i + 1]);
    }
    return mesh.templates.fill("envoy/" + template + ".yaml", values);
  }

  JsonNode sds(String name) {
    return fill("sds", "name", name);
  }

  /// Hands over a service's port with each of its subsets, the whole service first.
  void eachCluster(ClusterVisitor visitor) {
    for (var service : mesh.visibleTo(proxy)) {
      for (var port : service.ports()) {
        if (port.isTcp()) {
          visitor.visit(service, port, "");
          routing.subsets(service).forEach(subset -> visitor.visit(service, port, subset));
        }
      }
    }
  }

  @FunctionalInterface
  interface ClusterVisitor {
    void visit(Service service, Port port, String subset);
  }

  /// The ports that the application behind this proxy listens on.
  List<Service> inbound() {
    return proxy.isGateway()
        ? List.of()
        : mesh.services.stream()
            .filter(s -> s.name().equals(proxy.app) && s.namespace().equals(proxy.id.namespace()))
            .toList();
  }

  void staticClusters(Consumer<JsonNode> out) {
    out.accept(
        fill(
            "static-cluster",
            "name",
            "agent",
            "timeout",
            "0.250s",
            "address",
            socket("127.0.0.1", 15020)));
    out.accept(
        fill(
            "static-cluster",
            "name",
            "prometheus_stats",
            "timeout",
            "0.250s",
            "address",
            socket("127.0.0.1", 15000)));
    out.accept(
        fill(
            "static-cluster",
            "name",
            "sds-grpc",
            "timeout",
            "1s",
            "address",
            pipe("./var/run/secrets/workload-spiffe-uds/socket")));
    out.accept(
        fill(
            "static-cluster",
            "name",
            "xds-grpc",
            "timeout",
            "1s",
            "address",
            pipe("./etc/istio/proxy/XDS")));
  }

  static JsonNode socket(String address, int port) {
    return Tree.object("socket_address", Tree.object("address", address, "port_value", port));
  }

  private static JsonNode pipe(String path) {
    return Tree.object("pipe", Tree.object("path", path));
  }

  void dynamicClusters(Consumer<JsonNode> out) {
    out.accept(
        Tree.object(
            "cluster",
            Tree.object(
                TYPE,
                "type.googleapis.com/envoy.config.cluster.v3.Cluster",
                "name",
                "BlackHoleCluster",
                "type",
                "STATIC",
                "connect_timeout",
                "10s",
                "alt_stat_name",
                "BlackHoleCluster;"),
            "last_updated",
            updated));
    var local = Tree.object("source_address", Tree.object("address", "127.0.0.6", "port_value", 0));
    if (!proxy.isGateway()) {
      out.accept(
          fill(
              "passthrough-cluster",
              "name",
              "InboundPassthroughCluster",
              "bind",
              local,
              "metadata",
              Tree.ABSENT,
              "stat",
              "PassthroughCluster"));
    }
    out.accept(
        fill(
            "passthrough-cluster",
            "name",
            "PassthroughCluster",
            "bind",
            Tree.ABSENT,
            "metadata",
            Tree.ABSENT,
            "stat",
            "PassthroughCluster"));
    for (var service : inbound()) {
      for (var port : service.ports()) {
        var name = "inbound|" + port.target() + "||";
        out.accept(
            fill(
                "passthrough-cluster",
                "name",
                name,
                "bind",
                local,
                "metadata",
                Tree.object(
                    "filter_metadata",
                    Tree.object("istio", Tree.object("services", Tree.array(reference(service))))),
                "stat",
                name));
      }
    }
    eachCluster((service, port, subset) -> out.accept(eds(service, port, subset)));
    for (var external : mesh.externals) {
      out.accept(
          fill(
              "dns-cluster",
              "name",
              external.outbound(),
              "host",
              external.host(),
              "namespace",
              external.namespace(),
              "port",
              ExternalHost.PORT,
              "entry",
              external.entry()));
    }
  }

  private ObjectNode eds(Service service, Port port, String subset) {
    var ruled = !routing.subsets(service).isEmpty();
    var istio =
        Tree.object(
            "config",
                ruled
                    ? "/apis/networking.istio.io/v1/namespaces/"
                        + service.namespace()
                        + "/destination-rule/"
                        + service.name()
                    : Tree.ABSENT,
            "services", Tree.array(reference(service)),
            "subset", subset.isEmpty() ? Tree.ABSENT : subset);
    var sans =
        Endpoints.of(mesh, service, subset).stream()
            .filter(t -> t.proxy().isPresent())
            .map(Target::identity)
            .distinct()
            .map(i -> (JsonNode) Tree.object("exact", i))
            .toList();
    return fill(
        "eds-cluster",
        "name",
        service.outbound(port, subset),
        "istio",
        istio,
        "certificate",
        sds("default"),
        "root",
        sds("ROOTCA"),
        "sans",
        sans.isEmpty() ? Tree.ABSENT : sans,
        "sni",
        "outbound_.%d_.%s_.%s".formatted(port.number(), subset, service.host()));
  }

  private static ObjectNode reference(Service service) {
    return Tree.object(
        "host", service.host(), "name", service.name(), "namespace", service.namespace());
  }

  void endpoints(Consumer<JsonNode> out) {
    for (var name : List.of("BlackHoleCluster", "PassthroughCluster")) {
      out.accept(assignment(name, List.of()));
    }
    for (var service : inbound()) {
      service
          .ports()
          .forEach(p -> out.accept(assignment("inbound|" + p.target() + "||", List.of())));
    }
    eachCluster(
        (service, port, subset) ->
            out.accept(
                assignment(service.outbound(port, subset), localities(service, port, subset))));
    mesh.externals.forEach(external -> out.accept(assignment(external.outbound(), List.of())));
  }

  private static JsonNode assignment(String name, List<JsonNode> localities) {
    return Tree.object(
        "endpoint_config",
        Tree.object(
            TYPE,
            CLA,
            "cluster_name",
            name,
            "endpoints",
            localities.isEmpty() ? Tree.ABSENT : localities,
            "policy",
            Tree.object("overprovisioning_factor", 140)));
  }

  private List<JsonNode> localities(Service service, Port port, String subset) {
    Map<String, List<JsonNode>> zones = new TreeMap<>();
    for (var target : Endpoints.of(mesh, service, subset)) {
      var match = target.proxy().isPresent() ? Tree.object("tlsMode", "istio") : Tree.ABSENT;
      zones
          .computeIfAbsent(target.zone(), _ -> new ArrayList<>())
          .add(
              fill(
                  "endpoint",
                  "address",
                  target.address(),
                  "port",
                  port.target(),
                  "metadata",
                  Tree.object(
                      "filter_metadata",
                      Tree.object(
                          "istio",
                          Tree.object("workload", target.workload()),
                          "envoy.transport_socket_match",
                          match))));
    }
    if (service.name().equals("kubernetes")) {
      zones
          .computeIfAbsent("", _ -> new ArrayList<>())
          .add(
              fill(
                  "endpoint",
                  "address",
                  "172.18.0.2",
                  "port",
                  port.target(),
                  "metadata",
                  Tree.ABSENT));
    }
    List<JsonNode> localities = new ArrayList<>();
    zones.forEach(
        (zone, endpoints) ->
            localities.add(
                Tree.object(
                    "locality",
                    locality(zone),
                    "lb_endpoints",
                    endpoints,
                    "load_balancing_weight",
                    endpoints.size())));
    return localities;
  }

  static ObjectNode locality(String zone) {
    return zone.isEmpty() ? Tree.object() : Tree.object("region", "eu-1", "zone", zone);
  }

  /// The services of each HTTP port, by the port.
  Map<Integer, List<Service>> httpPorts() {
    Map<Integer, List<Service>> ports = new LinkedHashMap<>();
    for (var service : mesh.visibleTo(proxy)) {
      for (var port : service.ports()) {
        if (port.isHttp()) {
          ports.computeIfAbsent(port.number(), _ -> new ArrayList<>()).add(service);
        }
      }
    }
    return ports;
  }

  /// Whether the mesh has an ingress of its own.
  boolean hasGateway() {
    return !mesh.written("Gateway").isEmpty();
  }
}
