package io.bugreport.app.synthetic;

import io.bugreport.model.endpoint.Endpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/// What one istiod replica answers. Its proxies are those that are connected to it.
final class IstiodAnswers {
  static final String TYPES = "type.googleapis.com/";
  static final String CLUSTER = "Kubernetes";

  private final Mesh mesh;
  private final List<Proxy> proxies;

  IstiodAnswers(Mesh mesh, int index) {
    this.mesh = mesh;
    this.proxies = mesh.proxies.stream().filter(p -> p.istiod == index).toList();
  }

  List<Proxy> proxies() {
    return proxies;
  }

  void write(Endpoint endpoint, Output out) {
    switch (endpoint) {
      case ISTIOD_LIST ->
          out.compact(
              Tree.array(
                  "adsz",
                  "adsz?push=true",
                  "ambientz",
                  "authorizationz",
                  "cachez",
                  "cachez?clear=true",
                  "cachez?sizes=true",
                  "clusterz",
                  "config_dump",
                  "configz",
                  "connections",
                  "ecdsz",
                  "edsz",
                  "endpointShardz",
                  "endpointz",
                  "inject",
                  "instancesz",
                  "krtz",
                  "mcsz",
                  "mesh",
                  "ndsz",
                  "networkz",
                  "push_status",
                  "pushcontext",
                  "registryz",
                  "resourcesz",
                  "sidecarz",
                  "syncz",
                  "telemetryz"));
      case ISTIOD_VERSION -> out.text(Mesh.ISTIO + "-5f2d9be071c-Clean");
      case ISTIOD_READY, ISTIOD_PUSH_STATUS ->
          out.text(endpoint == Endpoint.ISTIOD_READY ? "" : "{}");
      case ISTIOD_METRICS -> out.text(metrics());
      case ISTIOD_SYNCZ ->
          out.compact(Tree.of(proxies.stream().map(new SyncRow(mesh)::of).toList()));
      case ISTIOD_CONNECTIONS -> out.compact(connections());
      case ISTIOD_MESH -> out.compact(meshConfig());
      case ISTIOD_CLUSTERS -> out.compact(clusters());
      case ISTIOD_NETWORKS, ISTIOD_MCS -> out.text("null");
      case ISTIOD_PUSH_CONTEXT ->
          out.compact(
              Tree.object(
                  "AuthorizationPolicies",
                  policies(),
                  "NetworkGateways",
                  NullNode.getInstance(),
                  "UnresolvedGateways",
                  NullNode.getInstance()));
      case ISTIOD_AUTHORIZATION -> out.compact(Tree.object("authorization_policies", policies()));
      case ISTIOD_TELEMETRY ->
          out.compact(
              Tree.object(
                  "telemetries",
                  Tree.object(
                      "namespace_to_telemetries", Tree.object(), "root_namespace", Mesh.SYSTEM)));
      case ISTIOD_CACHE_SIZES ->
          out.compact(
              Tree.object(
                  TYPES + "envoy.config.cluster.v3.Cluster",
                  "21.3kB",
                  TYPES + "envoy.config.endpoint.v3.ClusterLoadAssignment",
                  "4.8kB",
                  TYPES + "envoy.config.route.v3.RouteConfiguration",
                  "6.1kB",
                  "total",
                  "32.2kB"));
      case ISTIOD_CONFIG ->
          out.compact(
              Tree.of(
                  mesh.objects.stream()
                      .filter(o -> o.path("apiVersion").stringValue().contains("istio.io/"))
                      .toList()));
      case ISTIOD_REGISTRY ->
          out.compact(Tree.of(mesh.services.stream().map(this::registered).toList()));
      case ISTIOD_ENDPOINTS -> out.compact(shards());
      case ISTIOD_INSTANCES -> out.compact(instances());
      case ISTIOD_AMBIENT ->
          out.compact(
              Tree.object(
                  "workloads",
                  NullNode.getInstance(),
                  "services",
                  NullNode.getInstance(),
                  "policies",
                  NullNode.getInstance()));
      default -> throw new IllegalArgumentException(endpoint + " is none of istiod's");
    }
  }

  private JsonNode clusters() {
    var all = Tree.array(Tree.object("id", CLUSTER, "secretName", "", "syncStatus", "synced"));
    mesh.remotes.forEach(all::add);
    return all;
  }

  private JsonNode connections() {
    List<JsonNode> clients = new ArrayList<>();
    for (var proxy : proxies) {
      clients.add(
          Tree.object(
              "connectionId",
              proxy.connectionId(),
              "connectedAt",
              Connections.connectedAt(mesh, proxy).toString(),
              "address",
              proxy.ip + ":" + (40_000 + proxy.connection % 20_000)));
    }
    return Tree.object("totalClients", clients.size(), "clients", clients);
  }

  private static JsonNode meshConfig() {
    return Tree.object(
        "proxyListenPort",
        15001,
        "proxyInboundListenPort",
        15006,
        "connectTimeout",
        "10s",
        "protocolDetectionTimeout",
        "0s",
        "ingressClass",
        "istio",
        "ingressService",
        Mesh.GATEWAY,
        "ingressControllerMode",
        "STRICT",
        "enableTracing",
        true,
        "accessLogFile",
        "/dev/stdout",
        "defaultConfig",
        Tree.object(
            "configPath",
            "./etc/istio/proxy",
            "binaryPath",
            "/usr/local/bin/envoy",
            "serviceCluster",
            "istio-proxy",
            "drainDuration",
            "45s",
            "discoveryAddress",
            "istiod.istio-system.svc:15012",
            "proxyAdminPort",
            15000,
            "controlPlaneAuthPolicy",
            "MUTUAL_TLS",
            "statNameLength",
            189,
            "tracing",
            Tree.object(),
            "proxyMetadata",
            Tree.object("ISTIO_META_DNS_CAPTURE", "true"),
            "statusPort",
            15020,
            "terminationDrainDuration",
            "5s"),
        "outboundTrafficPolicy",
        Tree.object("mode", "ALLOW_ANY"),
        "inboundTrafficPolicy",
        Tree.object(),
        "enableAutoMtls",
        true,
        "trustDomain",
        "cluster.local",
        "defaultServiceExportTo",
        Tree.array("*"),
        "defaultVirtualServiceExportTo",
        Tree.array("*"),
        "defaultDestinationRuleExportTo",
        Tree.array("*"),
        "rootNamespace",
        Mesh.SYSTEM,
        "localityLbSetting",
        Tree.object("enabled", true),
        "dnsRefreshRate",
        "60s",
        "enablePrometheusMerge",
        true,
        "defaultProviders",
        Tree.object("metrics", Tree.array("prometheus")));
  }

  private JsonNode policies() {
    var byNamespace = Tree.object();
    for (var policy : mesh.written("AuthorizationPolicy")) {
      byNamespace
          .withArray(Mesh.text(policy, "namespace"))
          .add(
              Tree.object(
                  "name",
                  Mesh.text(policy, "name"),
                  "namespace",
                  Mesh.text(policy, "namespace"),
                  "annotations",
                  NullNode.getInstance(),
                  "spec",
                  policy.path("spec")));
    }
    return Tree.object("namespace_to_policies", byNamespace, "root_namespace", Mesh.SYSTEM);
  }

  private ObjectNode registered(Service service) {
    List<JsonNode> ports = new ArrayList<>();
    service
        .ports()
        .forEach(
            p ->
                ports.add(
                    Tree.object(
                        "name",
                        p.name(),
                        "port",
                        p.number(),
                        "protocol",
                        p.isHttp() ? "HTTP" : p.protocol())));
    return Tree.object(
        "Attributes",
        Tree.object(
            "ServiceRegistry",
            CLUSTER,
            "Name",
            service.name(),
            "Namespace",
            service.namespace(),
            "Labels",
            Tree.object("app", service.name()),
            "ExportTo",
            NullNode.getInstance(),
            "LabelSelectors",
            service.selector(),
            "Type",
            "ClusterIP"),
        "ports",
        ports,
        "creationTime",
        mesh.created.toString(),
        "hostname",
        service.host(),
        "clusterVIPs",
        Tree.object("Addresses", Tree.object(CLUSTER, Tree.array(service.ip()))),
        "defaultAddress",
        service.ip(),
        "Resolution",
        0,
        "MeshExternal",
        false);
  }

  private JsonNode shards() {
    var all = Tree.object();
    for (var service : mesh.services) {
      List<JsonNode> endpoints = new ArrayList<>();
      for (var target : Endpoints.of(mesh, service, "")) {
        for (var port : service.ports()) {
          endpoints.add(
              Tree.object(
                  "Labels",
                  Tree.object("app", service.name()),
                  "Addresses",
                  Tree.array(target.address()),
                  "ServicePortName",
                  port.name(),
                  "LegacyClusterPortKey",
                  port.number(),
                  "ServiceAccount",
                  target.identity(),
                  "Network",
                  "",
                  "Locality",
                  Tree.object(
                      "Label",
                      target.zone().isEmpty() ? "" : "eu-1/" + target.zone() + "/",
                      "ClusterID",
                      CLUSTER),
                  "EndpointPort",
                  port.target(),
                  "LbWeight",
                  0,
                  "TLSMode",
                  target.proxy().isPresent() ? "istio" : "disabled",
                  "Namespace",
                  service.namespace(),
                  "WorkloadName",
                  target.name(),
                  "HealthStatus",
                  1,
                  "NodeName",
                  target.node()));
        }
      }
      all.set(
          service.host(),
          Tree.object(
              service.namespace(),
              Tree.object(
                  "Shards",
                  Tree.object("Kubernetes/Kubernetes", endpoints),
                  "ServiceAccounts",
                  Tree.object())));
    }
    return all;
  }

  private JsonNode instances() {
    var all = Tree.object();
    for (var proxy : proxies) {
      List<JsonNode> own = new ArrayList<>();
      mesh.services.stream()
          .filter(s -> s.name().equals(proxy.app) && s.namespace().equals(proxy.id.namespace()))
          .forEach(
              s ->
                  s.ports()
                      .forEach(
                          p ->
                              own.add(
                                  Tree.object(
                                      "Service",
                                      registered(s),
                                      "Port",
                                      Tree.object(
                                          "name",
                                          p.name(),
                                          "port",
                                          p.number(),
                                          "protocol",
                                          p.isHttp() ? "HTTP" : p.protocol(),
                                          "TargetPort",
                                          p.target())))));
      all.set(proxy.id.toString(), Tree.of(own));
    }
    return all;
  }

  private String metrics() {
    var text = new StringBuilder();
    var expiry = Certificates.ROOT_UNTIL.getEpochSecond();
    var values =
        Map.of(
            "citadel_server_csr_count",
            (long) proxies.size(),
            "citadel_server_success_cert_issuance_count",
            (long) proxies.size(),
            "pilot_services",
            (long) mesh.services.size(),
            "pilot_virt_services",
            (long) mesh.written("VirtualService").size(),
            "citadel_server_root_cert_expiry_timestamp",
            expiry,
            "pilot_conflict_inbound_listener",
            0L,
            "pilot_vservice_dup_domain",
            0L,
            "pilot_eds_no_instances",
            0L);
    new TreeMap<>(values)
        .forEach(
            (name, value) ->
                text.append("# TYPE ")
                    .append(name)
                    .append(" gauge\n")
                    .append(name)
                    .append(' ')
                    .append(value)
                    .append('\n'));
    text.append("# TYPE istio_build gauge\nistio_build{component=\"pilot\",tag=\"")
        .append(Mesh.ISTIO)
        .append("\"} 1\n");
    text.append("# TYPE pilot_xds gauge\npilot_xds{version=\"")
        .append(Mesh.ISTIO)
        .append("\"} ")
        .append(proxies.size())
        .append('\n');
    var rejecting = proxies.stream().filter(p -> p.rejection.isPresent()).toList();
    if (!rejecting.isEmpty()) {
      text.append("# TYPE pilot_total_xds_rejects counter\npilot_total_xds_rejects{type=\"lds\"} ")
          .append(rejecting.size())
          .append('\n');
      text.append("# TYPE pilot_xds_lds_reject gauge\n");
      rejecting.forEach(
          p ->
              text.append("pilot_xds_lds_reject{err=\"Internal\",node=\"")
                  .append(p.id)
                  .append("\"} 1\n"));
    }
    return text.toString();
  }
}
