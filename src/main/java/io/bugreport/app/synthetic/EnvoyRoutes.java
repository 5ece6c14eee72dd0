package io.bugreport.app.synthetic;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/// Routes as istiod makes them for one proxy: what RDS sends.
final class EnvoyRoutes {
  private final EnvoyConfig config;
  private final Mesh mesh;
  private final Proxy proxy;

  EnvoyRoutes(EnvoyConfig config) {
    this.config = config;
    this.mesh = config.mesh;
    this.proxy = config.proxy;
  }

  void routes(Consumer<JsonNode> out) {
    if (proxy.isGateway()) {
      if (config.hasGateway()) {
        out.accept(routes("http.8080", List.of(entry(80))));
        out.accept(routes("https.443.https.bookinfo-gateway.bookinfo", List.of(entry(443))));
      }
      return;
    }
    config
        .httpPorts()
        .forEach(
            (port, services) -> {
              List<JsonNode> hosts = new ArrayList<>();
              services.forEach(s -> hosts.add(host(s, port)));
              hosts.add(
                  Tree.object(
                      "name",
                      "allow_any",
                      "domains",
                      Tree.array("*"),
                      "routes",
                      Tree.array(
                          Tree.object(
                              "match",
                              Tree.object("prefix", "/"),
                              "route",
                              Tree.object(
                                  "cluster",
                                  "PassthroughCluster",
                                  "timeout",
                                  "0s",
                                  "max_grpc_timeout",
                                  "0s"),
                              "name",
                              "allow_any")),
                      "include_request_attempt_count",
                      true));
              out.accept(routes(String.valueOf(port), hosts));
            });
  }

  private JsonNode routes(String name, List<JsonNode> hosts) {
    return Tree.object(
        "version_info", Connections.version(mesh),
        "route_config",
            Tree.object(
                EnvoyConfig.TYPE,
                "type.googleapis.com/envoy.config.route.v3.RouteConfiguration",
                "name",
                name,
                "virtual_hosts",
                hosts,
                "validate_clusters",
                false,
                "max_direct_response_body_size_bytes",
                1_048_576,
                "ignore_port_in_host_matching",
                true),
        "last_updated", config.updated);
  }

  private JsonNode entry(int port) {
    var service = mesh.service("productpage");
    List<JsonNode> routes = new ArrayList<>();
    for (var match :
        List.of(
            Tree.object("path", "/productpage", "case_sensitive", true),
            Tree.object("prefix", "/static", "case_sensitive", true),
            Tree.object("prefix", "/api/v1/products", "case_sensitive", true))) {
      routes.add(
          route(
              match,
              Tree.of(service.outbound(service.ports().getFirst(), "")),
              Tree.ABSENT,
              source("bookinfo", "bookinfo"),
              service,
              Tree.ABSENT));
    }
    return Tree.object(
        "name",
        EnvoyConfig.GATEWAY_HOST + ":" + port,
        "domains",
        Tree.array(EnvoyConfig.GATEWAY_HOST),
        "routes",
        routes,
        "include_request_attempt_count",
        true);
  }

  private static JsonNode source(String namespace, String virtualService) {
    return Tree.object(
        "filter_metadata",
        Tree.object(
            "istio",
            Tree.object(
                "config",
                "/apis/networking.istio.io/v1/namespaces/"
                    + namespace
                    + "/virtual-service/"
                    + virtualService)));
  }

  private JsonNode route(
      JsonNode match,
      JsonNode cluster,
      JsonNode weighted,
      JsonNode metadata,
      Service service,
      JsonNode name) {
    return config.fill(
        "route",
        "match",
        match,
        "cluster",
        cluster,
        "weighted",
        weighted,
        "metadata",
        metadata,
        "operation",
        service.host() + ":" + service.ports().getFirst().number() + "/*",
        "name",
        name);
  }

  private JsonNode host(Service service, int port) {
    var virtualService = config.routing.virtualService(service);
    List<JsonNode> routes = new ArrayList<>();
    for (var rule : config.routing.rules(service)) {
      List<JsonNode> clusters = new ArrayList<>();
      rule.destinations()
          .forEach(
              d ->
                  clusters.add(
                      Tree.object(
                          "name",
                          "outbound|%d|%s|%s".formatted(port, d.subset(), d.host()),
                          "weight",
                          d.weight())));
      var single = clusters.size() == 1;
      var match =
          rule.user().isEmpty()
              ? Tree.object("prefix", "/")
              : Tree.object(
                  "prefix",
                  "/",
                  "headers",
                  Tree.array(
                      Tree.object(
                          "name", "end-user", "string_match", Tree.object("exact", rule.user()))));
      routes.add(
          route(
              match,
              single ? clusters.getFirst().path("name") : Tree.ABSENT,
              single ? Tree.ABSENT : Tree.object("clusters", clusters),
              virtualService
                  .map(vs -> source(service.namespace(), Mesh.text(vs, "name")))
                  .orElse(Tree.ABSENT),
              service,
              virtualService.isPresent() ? Tree.ABSENT : Tree.of("default")));
    }
    return Tree.object(
        "name",
        service.host() + ":" + port,
        "domains",
        Tree.array(
            service.host(),
            service.host() + ".",
            service.name(),
            service.name() + "." + service.namespace() + ".svc",
            service.name() + "." + service.namespace(),
            service.ip()),
        "routes",
        routes,
        "include_request_attempt_count",
        true);
  }
}
