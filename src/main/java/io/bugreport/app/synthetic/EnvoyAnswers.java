package io.bugreport.app.synthetic;

import io.bugreport.model.endpoint.Endpoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/// What a proxy's Envoy answers.
final class EnvoyAnswers {
  private static final String DUMP = "type.googleapis.com/envoy.admin.v3.";
  private static final String SHA = "2f1c9f4a7be05d8836a1a3de5f86bb9d23f7a001";

  private final Mesh mesh;
  private final Proxy proxy;
  private final EnvoyConfig config;
  private final EnvoyListeners listeners;
  private final EnvoyRoutes routes;

  EnvoyAnswers(Mesh mesh, Proxy proxy) {
    this.mesh = mesh;
    this.proxy = proxy;
    this.config = new EnvoyConfig(mesh, proxy);
    this.listeners = new EnvoyListeners(config);
    this.routes = new EnvoyRoutes(config);
  }

  void write(Endpoint endpoint, Output out) {
    switch (endpoint) {
      case ENVOY_SERVER_INFO -> out.pretty(serverInfo());
      case ENVOY_READY -> out.text(isLive() ? "LIVE\n" : "PRE_INITIALIZING\n");
      case ENVOY_CERTS -> out.pretty(certificates());
      case ENVOY_CONFIG_DUMP -> out.stream(this::dump);
      case ENVOY_CLUSTERS -> out.stream(this::clusters);
      case ENVOY_LISTENERS -> out.pretty(listenerStatuses());
      case ENVOY_STATS -> out.text(stats());
      case ENVOY_PROMETHEUS -> out.text(prometheus());
      case ENVOY_INIT_DUMP -> out.pretty(Tree.object());
      case ENVOY_MEMORY ->
          out.pretty(
              Tree.object(
                  "allocated",
                  "9792760",
                  "heap_size",
                  "16777216",
                  "pageheap_unmapped",
                  "0",
                  "pageheap_free",
                  "4464640",
                  "total_thread_cache",
                  "1486896",
                  "total_physical_bytes",
                  "19852094"));
      default -> throw new IllegalArgumentException(endpoint + " is none of Envoy's");
    }
  }

  private boolean isLive() {
    return proxy.rejection.isEmpty();
  }

  private long uptime() {
    var pod = Objects.requireNonNull(proxy.pod);
    var since =
        pod.proxyRestarts > 0
            ? ContainerLogs.lastRestart(pod).plusSeconds(22)
            : pod.started.plusSeconds(4);
    return Duration.between(since, mesh.plan.time()).toSeconds();
  }

  private JsonNode node() {
    var pod = Objects.requireNonNull(proxy.pod);
    var values = new HashMap<String, Object>();
    values.put("type", proxy.type());
    values.put("ip", proxy.ip);
    values.put("proxy", proxy.id.toString());
    values.put("pod", proxy.id.pod());
    values.put("namespace", proxy.id.namespace());
    values.put("app", proxy.app);
    values.put("annotations", WorkloadObjects.annotations(pod));
    values.put("containers", proxy.isGateway() ? Tree.ABSENT : pod.workload.container());
    values.put("dnsAddress", proxy.isGateway() ? Tree.ABSENT : "127.0.0.1:15053");
    values.put("group", Tree.ABSENT);
    values.put("istioVersion", Mesh.ISTIO);
    values.put("labels", WorkloadObjects.labels(pod));
    values.put("nodeName", pod.node);
    values.put("owner", pod.workload.owner());
    values.put("ports", WorkloadObjects.podPorts(pod.workload));
    values.put("account", proxy.account);
    values.put("workload", pod.workload.name());
    values.put("locality", EnvoyConfig.locality(pod.zone));
    values.put("envoySha", SHA);
    return mesh.templates.fill("envoy/node.yaml", values);
  }

  private JsonNode serverInfo() {
    return mesh.templates.fill(
        "envoy/server-info.yaml",
        Map.of(
            "envoySha",
            SHA,
            "state",
            isLive() ? "LIVE" : "PRE_INITIALIZING",
            "uptime",
            uptime() + "s",
            "node",
            node()));
  }

  private JsonNode certificates() {
    var days = Duration.between(mesh.plan.time(), Certificates.ROOT_UNTIL).toDays();
    var root =
        Tree.object(
            "path",
            "<inline>",
            "serial_number",
            Certificates.ROOT_SERIAL,
            "subject_alt_names",
            Tree.array(),
            "days_until_expiration",
            String.valueOf(days),
            "valid_from",
            Certificates.ROOT_FROM.toString(),
            "expiration_time",
            Certificates.ROOT_UNTIL.toString());
    var own =
        Tree.object(
            "path",
            "<inline>",
            "serial_number",
            Certificates.serial(proxy, mesh.plan.time()),
            "subject_alt_names",
            Tree.array(Tree.object("uri", proxy.spiffe())),
            "days_until_expiration",
            "0",
            "valid_from",
            proxy.certificateFrom.toString(),
            "expiration_time",
            proxy.certificateUntil().toString());
    List<JsonNode> all = new ArrayList<>();
    for (var i = 0; i < 3; i++) {
      all.add(Tree.object("ca_cert", Tree.array(root), "cert_chain", Tree.array(own)));
    }
    return Tree.object("certificates", all);
  }

  private void dump(JsonGenerator json) {
    json.writeStartObject();
    json.writeName("configs");
    json.writeStartArray();
    Output.tree(json, config.fill("bootstrap", "node", node()));
    section(
        json,
        "ClustersConfigDump",
        Map.of(
            "static_clusters",
            config::staticClusters,
            "dynamic_active_clusters",
            config::dynamicClusters));
    section(json, "EndpointsConfigDump", Map.of("dynamic_endpoint_configs", config::endpoints));
    section(json, "ListenersConfigDump", Map.of("dynamic_listeners", listeners::listeners));
    Output.tree(json, Tree.object(EnvoyConfig.TYPE, DUMP + "ScopedRoutesConfigDump"));
    section(json, "RoutesConfigDump", Map.of("dynamic_route_configs", routes::routes));
    section(json, "SecretsConfigDump", Map.of("dynamic_active_secrets", this::secrets));
    Output.tree(json, Tree.object(EnvoyConfig.TYPE, DUMP + "EcdsConfigDump"));
    json.writeEndArray();
    json.writeEndObject();
  }

  private void section(
      JsonGenerator json, String type, Map<String, Consumer<Consumer<JsonNode>>> parts) {
    json.writeStartObject();
    json.writeStringProperty(EnvoyConfig.TYPE, DUMP + type);
    if (!type.startsWith("Endpoints")
        && !type.startsWith("Secrets")
        && !type.startsWith("Routes")) {
      json.writeStringProperty("version_info", Connections.version(mesh));
    }
    new TreeMap<>(parts)
        .descendingMap()
        .forEach(
            (name, part) -> {
              json.writeName(name);
              json.writeStartArray();
              part.accept(tree -> Output.tree(json, tree));
              json.writeEndArray();
            });
    json.writeEndObject();
  }

  private void secrets(Consumer<JsonNode> out) {
    Certificates.chain(proxy, mesh.plan.time())
        .ifPresent(
            chain -> out.accept(secret("default", "tls_certificate", Certificates.shown(chain))));
    if (proxy.isGateway() && !mesh.written("Gateway").isEmpty()) {
      out.accept(
          secret(
              "kubernetes://bookinfo-cert",
              "tls_certificate",
              Certificates.shown(Certificates.gateway())));
    }
    out.accept(
        secret(
            "ROOTCA",
            "validation_context",
            Tree.object(
                "trusted_ca",
                Tree.object("inline_bytes", Certificates.base64(Certificates.root())))));
  }

  private JsonNode secret(String name, String kind, JsonNode value) {
    var since = proxy.certificateFrom.plusSeconds(120).toString();
    return Tree.object(
        "name",
        name,
        "version_info",
        since + "/1",
        "last_updated",
        since,
        "secret",
        Tree.object(
            EnvoyConfig.TYPE,
            "type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.Secret",
            "name",
            name,
            kind,
            value));
  }

  private void clusters(JsonGenerator json) {
    json.writeStartObject();
    json.writeName("cluster_statuses");
    json.writeStartArray();
    config.endpoints(
        assignment -> {
          var cla = assignment.path("endpoint_config");
          var name = cla.path("cluster_name").stringValue();
          List<JsonNode> hosts = new ArrayList<>();
          for (var locality : cla.path("endpoints")) {
            for (var endpoint : locality.path("lb_endpoints")) {
              hosts.add(host(endpoint.path("endpoint").path("address"), locality.path("locality")));
            }
          }
          var limits =
              Tree.object(
                  "max_connections",
                  4_294_967_295L,
                  "max_pending_requests",
                  4_294_967_295L,
                  "max_requests",
                  4_294_967_295L,
                  "max_retries",
                  4_294_967_295L);
          var cluster =
              Tree.object(
                  "name",
                  name,
                  "added_via_api",
                  true,
                  "host_statuses",
                  hosts.isEmpty() ? Tree.ABSENT : hosts,
                  "circuit_breakers",
                  Tree.object(
                      "thresholds",
                      Tree.array(
                          limits,
                          Tree.object(
                              "priority",
                              "HIGH",
                              "max_connections",
                              1024,
                              "max_pending_requests",
                              1024,
                              "max_requests",
                              1024,
                              "max_retries",
                              3))),
                  "observability_name",
                  name + ";",
                  "eds_service_name",
                  name.startsWith("outbound") ? name : Tree.ABSENT);
          mesh.clusterEdits.forEach(edit -> edit.accept(cluster));
          Output.tree(json, cluster);
        });
    json.writeEndArray();
    json.writeEndObject();
  }

  private static JsonNode host(JsonNode address, JsonNode locality) {
    List<JsonNode> stats = new ArrayList<>();
    for (var name :
        List.of(
            "cx_connect_fail", "cx_total", "rq_error", "rq_success", "rq_timeout", "rq_total")) {
      stats.add(Tree.object("name", name));
    }
    stats.add(Tree.object("type", "GAUGE", "name", "cx_active"));
    stats.add(Tree.object("type", "GAUGE", "name", "rq_active"));
    return Tree.object(
        "address",
        address,
        "stats",
        stats,
        "health_status",
        Tree.object("eds_health_status", "HEALTHY"),
        "weight",
        1,
        "locality",
        locality);
  }

  private JsonNode listenerStatuses() {
    List<JsonNode> all = new ArrayList<>();
    for (var port : List.of(15090, 15021)) {
      all.add(
          Tree.object(
              "name", "0.0.0.0_" + port, "local_address", EnvoyConfig.socket("0.0.0.0", port)));
    }
    listeners
        .addresses()
        .forEach((name, address) -> all.add(Tree.object("name", name, "local_address", address)));
    return Tree.object("listener_statuses", all);
  }

  private int rejected() {
    return isLive() ? 0 : 1;
  }

  private String stats() {
    return """
        cluster_manager.cds.version_text: "%1$s"
        listener_manager.lds.version_text: "%2$s"
        cluster.xds-grpc;.upstream_cx_active: 1
        cluster.xds-grpc;.upstream_cx_total: 5
        cluster.xds-grpc;.upstream_rq_total: 5
        cluster_manager.cds.update_attempt: 6
        cluster_manager.cds.update_failure: 4
        cluster_manager.cds.update_rejected: 0
        cluster_manager.cds.update_success: 5
        listener_manager.lds.update_attempt: 6
        listener_manager.lds.update_failure: 4
        listener_manager.lds.update_rejected: %3$d
        listener_manager.lds.update_success: %4$d
        listener_manager.total_listeners_warming: 0
        listener_manager.workers_started: %5$d
        server.concurrency: 2
        server.live: %5$d
        server.memory_allocated: 9792760
        server.memory_heap_size: 16777216
        server.state: %6$d
        server.uptime: %7$d
        """
        .formatted(
            Connections.version(mesh),
            isLive() ? Connections.version(mesh) : "",
            rejected(),
            isLive() ? 5 : 0,
            1 - rejected(),
            rejected() * 2,
            uptime());
  }

  private String prometheus() {
    return """
        # TYPE envoy_cluster_manager_cds_update_rejected counter
        envoy_cluster_manager_cds_update_rejected{} 0
        # TYPE envoy_cluster_manager_cds_update_success counter
        envoy_cluster_manager_cds_update_success{} 5
        # TYPE envoy_listener_manager_lds_update_rejected counter
        envoy_listener_manager_lds_update_rejected{} %1$d
        # TYPE envoy_listener_manager_lds_update_success counter
        envoy_listener_manager_lds_update_success{} %2$d
        # TYPE envoy_server_live gauge
        envoy_server_live{} %3$d
        # TYPE envoy_server_state gauge
        envoy_server_state{} %4$d
        # TYPE envoy_server_uptime gauge
        envoy_server_uptime{} %5$d
        """
        .formatted(rejected(), isLive() ? 5 : 0, 1 - rejected(), rejected() * 2, uptime());
  }
}
