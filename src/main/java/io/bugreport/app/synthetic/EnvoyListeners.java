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

/// Listeners as istiod makes them for one proxy.
final class EnvoyListeners {
  private static final String ANY = "0.0.0.0";
  private static final String OUTBOUND = "OUTBOUND";

  private final EnvoyConfig config;
  private final Mesh mesh;
  private final Proxy proxy;

  EnvoyListeners(EnvoyConfig config) {
    this.config = config;
    this.mesh = config.mesh;
    this.proxy = config.proxy;
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
    for (int port : config.httpPorts().keySet()) {
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

  private void gatewayListeners(Consumer<JsonNode> out) {
    if (config.hasGateway()) {
      out.accept(
          listener(
              "0.0.0.0_8080",
              ANY,
              8080,
              Tree.array(http(Tree.ABSENT, "outbound_0.0.0.0_8080;", "http.8080", true)),
              Tree.ABSENT));
      var chain =
          http(
              Tree.object("server_names", Tree.array(EnvoyConfig.GATEWAY_HOST)),
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
}
