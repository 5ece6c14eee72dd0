package io.bugreport.app.synthetic;

import io.bugreport.app.synthetic.Service.Port;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Listeners and routes as istiod makes them for one proxy.
final class EnvoyListeners {
  private static final String ANY = "0.0.0.0";
  private static final String OUTBOUND = "OUTBOUND";
  private static final String HOST = "bookinfo.example.com";

  private final EnvoyConfig config;
  private final Mesh mesh;
  private final Proxy proxy;

  EnvoyListeners(EnvoyConfig config) {
    this.config = config;
    this.mesh = config.mesh;
    this.proxy = config.proxy;
  }

  /// The services of each HTTP port, by the port.
  private Map<Integer, List<Service>> httpPorts() {
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

  private static String name(String address, int port) {
    return address + "_" + port;
  }

  /// Where the dynamic listeners listen, by name.
  Map<String, JsonNode> addresses() {
    Map<String, JsonNode> all = new LinkedHashMap<>();
    listeners(
        listener -> {
          var address = listener.path("active_state").path("listener").path("address");
          if (!address.isMissingNode()) {
            all.put(listener.path("name").stringValue(), address);
          }
        });
    return all;
  }

  void listeners(Consumer<JsonNode> out) {
    if (proxy.isGateway()) {
      gatewayListeners(out);
      return;
    }
    for (int port : httpPorts().keySet()) {
      var chain =
          http(
              Tree.object(
                  "transport_protocol",
                  "raw_buffer",
                  "application_protocols",
                  Tree.array("http/1.1", "h2c")),
              "outbound_0.0.0.0_" + port + ";",
              String.valueOf(port),
              false);
      out.accept(
          listener(
              name(ANY, port),
              ANY,
              port,
              Tree.array(chain),
              passthrough("PassthroughFilterChain")));
    }
    for (var service : mesh.visibleTo(proxy)) {
      for (var port : service.ports()) {
        if (port.isTcp() && !port.isHttp()) {
          out.accept(
              listener(
                  name(service.ip(), port.number()),
                  service.ip(),
                  port.number(),
                  Tree.array(tcp(Tree.ABSENT, service.outbound(port, ""), Tree.ABSENT, true)),
                  Tree.ABSENT));
        }
      }
    }
    for (var external : mesh.externals) {
      out.accept(
          listener(
              name(external.address(), ExternalHost.PORT),
              external.address(),
              ExternalHost.PORT,
              Tree.array(tcp(Tree.ABSENT, external.outbound(), Tree.ABSENT, true)),
              Tree.ABSENT));
    }
    out.accept(
        config.fill(
            "listener",
            "name",
            "virtualOutbound",
            "address",
            ANY,
            "port",
            15001,
            "chains",
            Tree.array(
                tcp(
                    Tree.object("destination_port", 15001),
                    "BlackHoleCluster",
                    Tree.of("virtualOutbound-blackhole"),
                    false),
                passthrough("virtualOutbound-catchall-tcp")),
            "originalDst",
            true,
            "filters",
            Tree.ABSENT,
            "direction",
            OUTBOUND,
            "default",
            Tree.ABSENT,
            "bind",
            Tree.ABSENT));
    virtualInbound(out);
  }

  private void virtualInbound(Consumer<JsonNode> out) {
    if (proxy.rejection.isPresent()) {
      var details = proxy.rejection.get();
      out.accept(
          Tree.object(
              "name",
              "virtualInbound",
              "error_state",
              Tree.object("last_update_attempt", config.updated, "details", details)));
      out.accept(Tree.object("error_state", Tree.object("details", details)));
      return;
    }
    List<JsonNode> chains = new ArrayList<>();
    chains.add(
        tcp(
            Tree.object("destination_port", 15006),
            "BlackHoleCluster",
            Tree.of("virtualInbound-blackhole"),
            false));
    for (var service : config.inbound()) {
      for (var port : service.ports()) {
        chains.add(inbound(service, port));
      }
    }
    out.accept(
        config.fill(
            "listener",
            "name",
            "virtualInbound",
            "address",
            ANY,
            "port",
            15006,
            "chains",
            chains,
            "originalDst",
            Tree.ABSENT,
            "filters",
            Tree.array(
                Tree.object(
                    "name",
                    "envoy.filters.listener.original_dst",
                    "typed_config",
                    Tree.object(
                        EnvoyConfig.TYPE,
                        "type.googleapis.com/envoy.extensions.filters.listener.original_dst.v3.OriginalDst")),
                Tree.object(
                    "name",
                    "envoy.filters.listener.tls_inspector",
                    "typed_config",
                    Tree.object(
                        EnvoyConfig.TYPE,
                        "type.googleapis.com/envoy.extensions.filters.listener.tls_inspector.v3.TlsInspector"))),
            "direction",
            "INBOUND",
            "default",
            Tree.ABSENT,
            "bind",
            Tree.ABSENT));
  }

  private JsonNode inbound(Service service, Port port) {
    var cluster = "inbound|" + port.target() + "||";
    var name = name(ANY, port.target());
    var filters = (ArrayNode) filters(true);
    if (service.name().equals("ratings") && !mesh.written("AuthorizationPolicy").isEmpty()) {
      filters.insert(
          0,
          config.fill(
              "rbac-filter",
              "namespace",
              service.namespace(),
              "policy",
              "ratings-readers",
              "principal",
              "spiffe://cluster.local/ns/bookinfo/sa/bookinfo-reviews"));
    }
    return config.fill(
        "http-filter-chain",
        "match",
        Tree.object(
            "destination_port",
            port.target(),
            "transport_protocol",
            "tls",
            "application_protocols",
            Tree.array(
                "istio", "istio-peer-exchange", "istio-http/1.0", "istio-http/1.1", "istio-h2")),
        "stat",
        "inbound_" + name + ";",
        "rds",
        Tree.ABSENT,
        "routes",
        config.fill(
            "inbound-route",
            "cluster",
            cluster,
            "port",
            String.valueOf(port.target()),
            "operation",
            service.host() + ":" + port.number() + "/*"),
        "filters",
        filters,
        "revision",
        proxy.version,
        "service",
        proxy.app,
        "namespace",
        proxy.id.namespace(),
        "server",
        "istio-envoy",
        "accessLog",
        config.fill("access-log"),
        "remote",
        false,
        "forward",
        "APPEND_FORWARD",
        "details",
        Tree.object("subject", true, "dns", true, "uri", true),
        "tls",
        config.fill(
            "downstream-tls",
            "certificate",
            config.sds("default"),
            "mutual",
            true,
            "validation",
            Tree.object(
                "default_validation_context",
                Tree.object(
                    "match_subject_alt_names",
                    Tree.array(Tree.object("prefix", "spiffe://cluster.local/"))),
                "validation_context_sds_secret_config",
                config.sds("ROOTCA"))),
        "name",
        name);
  }

  private JsonNode filters(boolean gatewayOrInbound) {
    return config.fill("http-filters", "gatewayOrInbound", gatewayOrInbound).path("filters");
  }

  private ObjectNode http(JsonNode match, String stat, String route, boolean gateway) {
    return config.fill(
        "http-filter-chain",
        "match",
        match,
        "stat",
        stat,
        "rds",
        Tree.object(
            "config_source",
            Tree.object(
                "ads", Tree.object(), "initial_fetch_timeout", "0s", "resource_api_version", "V3"),
            "route_config_name",
            route),
        "routes",
        Tree.ABSENT,
        "filters",
        filters(gateway),
        "revision",
        proxy.version.isEmpty() ? "latest" : proxy.version,
        "service",
        proxy.app,
        "namespace",
        proxy.id.namespace(),
        "server",
        gateway ? "istio-envoy" : Tree.ABSENT,
        "accessLog",
        config.fill("access-log"),
        "remote",
        gateway,
        "forward",
        gateway ? "SANITIZE_SET" : Tree.ABSENT,
        "details",
        gateway
            ? Tree.object("subject", true, "cert", true, "dns", true, "uri", true)
            : Tree.ABSENT,
        "tls",
        Tree.ABSENT,
        "name",
        Tree.ABSENT);
  }

  private ObjectNode tcp(JsonNode match, String cluster, JsonNode name, boolean logged) {
    return config.fill(
        "tcp-filter-chain",
        "match",
        match,
        "cluster",
        cluster,
        "accessLogs",
        logged ? Tree.array(config.fill("access-log")) : Tree.ABSENT,
        "tls",
        Tree.ABSENT,
        "name",
        name);
  }

  private ObjectNode passthrough(String name) {
    return tcp(Tree.ABSENT, "PassthroughCluster", Tree.of(name), true);
  }

  private ObjectNode listener(
      String name, String address, int port, JsonNode chains, JsonNode fallback) {
    return config.fill(
        "listener",
        "name",
        name,
        "address",
        address,
        "port",
        port,
        "chains",
        chains,
        "originalDst",
        Tree.ABSENT,
        "filters",
        Tree.ABSENT,
        "direction",
        OUTBOUND,
        "default",
        fallback,
        "bind",
        proxy.isGateway() ? Tree.ABSENT : false);
  }

  private boolean hasGateway() {
    return !mesh.written("Gateway").isEmpty();
  }

  private void gatewayListeners(Consumer<JsonNode> out) {
    if (hasGateway()) {
      out.accept(
          listener(
              "0.0.0.0_8080",
              ANY,
              8080,
              Tree.array(http(Tree.ABSENT, "outbound_0.0.0.0_8080;", "http.8080", true)),
              Tree.ABSENT));
      var chain =
          http(
              Tree.object("server_names", Tree.array(HOST)),
              "outbound_0.0.0.0_8443;",
              "https.443.https.bookinfo-gateway.bookinfo",
              true);
      chain.set(
          "transport_socket",
          config.fill(
              "downstream-tls",
              "certificate",
              Tree.object(
                  "name",
                  "kubernetes://bookinfo-cert",
                  "sds_config",
                  Tree.object("ads", Tree.object(), "resource_api_version", "V3")),
              "mutual",
              false,
              "validation",
              Tree.ABSENT));
      out.accept(listener("0.0.0.0_8443", ANY, 8443, Tree.array(chain), Tree.ABSENT));
    }
  }

  /// The routes of RDS.
  void routes(Consumer<JsonNode> out) {
    if (proxy.isGateway()) {
      if (hasGateway()) {
        out.accept(routes("http.8080", List.of(entry(80))));
        out.accept(routes("https.443.https.bookinfo-gateway.bookinfo", List.of(entry(443))));
      }
      return;
    }
    httpPorts()
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
        HOST + ":" + port,
        "domains",
        Tree.array(HOST),
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
