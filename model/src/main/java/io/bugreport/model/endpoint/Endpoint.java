package io.bugreport.model.endpoint;

import static io.bugreport.model.endpoint.Server.AGENT;
import static io.bugreport.model.endpoint.Server.ENVOY;
import static io.bugreport.model.endpoint.Server.ISTIOD;
import static io.bugreport.model.endpoint.Server.ZTUNNEL;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Everything that a proxy, an agent, an istiod or a ztunnel is ever asked: the allow-list. All are
/// GETs that change nothing; Istio's `adsz?push=true`, `cachez?clear=true` and Envoy's `logging`
/// are GETs too and are not here. A line in this list is all it takes to collect, replay and check
/// another one.
public enum Endpoint {
  /// Envoy's build, state, uptime, command line and node.
  ENVOY_SERVER_INFO(ENVOY, "/server_info", "server_info.json"),
  /// Whether Envoy takes traffic; 503 is an answer as well.
  ENVOY_READY(ENVOY, "/ready", "ready.txt", Trait.ANY_STATUS),
  /// Certificates in use, with their expiry; no keys.
  ENVOY_CERTS(ENVOY, "/certs", "certs.json"),
  /// The whole configuration, endpoints included. Envoy redacts keys itself.
  ENVOY_CONFIG_DUMP(ENVOY, "/config_dump?include_eds", "config_dump.json", Trait.HEAVY),
  /// Upstream clusters with the health and counters of each host.
  ENVOY_CLUSTERS(ENVOY, "/clusters?format=json", "clusters.json", Trait.HEAVY),
  ENVOY_LISTENERS(ENVOY, "/listeners?format=json", "listeners.json"),
  /// Statistics that were ever written to.
  ENVOY_STATS(ENVOY, "/stats?usedonly", "stats.txt"),
  ENVOY_PROMETHEUS(ENVOY, "/stats/prometheus", "stats_prometheus.txt", Trait.HEAVY),
  /// What an Envoy that does not start is waiting for.
  ENVOY_INIT_DUMP(ENVOY, "/init_dump", "init_dump.json"),
  ENVOY_MEMORY(ENVOY, "/memory", "memory.json"),

  /// The agent's own verdict on the proxy; 503 is an answer as well.
  AGENT_READY(AGENT, "/healthz/ready", "ready.txt", Trait.ANY_STATUS),
  AGENT_METRICS(AGENT, "/metrics", "metrics.txt"),
  /// The name table that the agent's DNS proxy answers from; 404 where it runs none (Istio 1.11 and
  /// later).
  AGENT_NAME_TABLE(AGENT, "/debug/ndsz", "ndsz.json"),

  /// The debug endpoints that this istiod has (1.12 and later).
  ISTIOD_LIST(ISTIOD, "/debug/list", "list.json"),
  ISTIOD_VERSION(ISTIOD, "/version", "version.txt"),
  ISTIOD_READY(ISTIOD, 8080, "/ready", "ready.txt", Trait.ANY_STATUS),
  ISTIOD_METRICS(ISTIOD, "/metrics", "metrics.txt"),
  /// What each connected proxy was sent, and what it accepted.
  ISTIOD_SYNCZ(ISTIOD, "/debug/syncz", "syncz.json"),
  ISTIOD_CONNECTIONS(ISTIOD, "/debug/connections", "connections.json"),
  ISTIOD_MESH(ISTIOD, "/debug/mesh", "mesh.json"),
  /// Remote clusters and whether they are in sync.
  ISTIOD_CLUSTERS(ISTIOD, "/debug/clusterz", "clusterz.json"),
  ISTIOD_NETWORKS(ISTIOD, "/debug/networkz", "networkz.json"),
  ISTIOD_MCS(ISTIOD, "/debug/mcsz", "mcsz.json"),
  ISTIOD_PUSH_STATUS(ISTIOD, "/debug/push_status", "push_status.json"),
  ISTIOD_PUSH_CONTEXT(ISTIOD, "/debug/pushcontext", "pushcontext.json", Trait.HEAVY),
  ISTIOD_AUTHORIZATION(ISTIOD, "/debug/authorizationz", "authorizationz.json", Trait.HEAVY),
  ISTIOD_TELEMETRY(ISTIOD, "/debug/telemetryz", "telemetryz.json", Trait.HEAVY),
  ISTIOD_CACHE_SIZES(ISTIOD, "/debug/cachez?sizes=true", "cachez_sizes.json"),
  ISTIOD_CONFIG(ISTIOD, "/debug/configz", "configz.json", Trait.HEAVY),
  ISTIOD_REGISTRY(ISTIOD, "/debug/registryz", "registryz.json", Trait.HEAVY),
  ISTIOD_ENDPOINTS(ISTIOD, "/debug/endpointShardz", "endpointShardz.json", Trait.HEAVY),
  ISTIOD_INSTANCES(ISTIOD, "/debug/instancesz", "instancesz.json", Trait.HEAVY),
  ISTIOD_AMBIENT(ISTIOD, "/debug/ambientz", "ambientz.json", Trait.HEAVY),
  /// The name table that istiod has for one proxy; 404 at a replica which that proxy is not
  /// connected to.
  ISTIOD_NAME_TABLE(ISTIOD, "/debug/ndsz", "ndsz", Trait.PER_PROXY),

  ZTUNNEL_CONFIG_DUMP(ZTUNNEL, "/config_dump", "config_dump.json", Trait.HEAVY),
  ZTUNNEL_METRICS(ZTUNNEL, 15020, "/metrics", "metrics.txt");

  /// What is special about an endpoint.
  private enum Trait {
    PLAIN,
    /// Costs the server noticeable time or memory: one at a time.
    HEAVY,
    /// An error status is an answer, and its body is kept.
    ANY_STATUS,
    /// Asked with `proxyID=`, once for each proxy of interest.
    PER_PROXY
  }

  private final Server server;
  private final int port;
  private final String request;
  private final String file;
  private final Trait trait;

  Endpoint(Server server, String request, String file) {
    this(server, request, file, Trait.PLAIN);
  }

  Endpoint(Server server, String request, String file, Trait trait) {
    this(server, server.port(), request, file, trait);
  }

  Endpoint(Server server, int port, String request, String file) {
    this(server, port, request, file, Trait.PLAIN);
  }

  Endpoint(Server server, int port, String request, String file, Trait trait) {
    this.server = server;
    this.port = port;
    this.request = request;
    this.file = server.folder() + "/" + file;
    this.trait = trait;
  }

  public Server server() {
    return server;
  }

  /// The port, on localhost of the pod.
  public int port() {
    return port;
  }

  /// Path and query of the request, for endpoints that are asked once.
  public String request() {
    if (isPerProxy()) {
      throw new IllegalStateException(this + " is asked for one proxy at a time");
    }
    return request;
  }

  /// Path and query of the request about one proxy.
  ///
  /// @param proxy the proxy's id, `<pod>.<namespace>`
  public String request(ProxyId proxy) {
    return isPerProxy() ? request + "?proxyID=" + proxy : request;
  }

  /// Where its answer lies, below its container's folder.
  public String file() {
    if (isPerProxy()) {
      throw new IllegalStateException(this + " has one file for each proxy");
    }
    return file;
  }

  /// Where its answer about one proxy lies, below its container's folder.
  public String file(ProxyId proxy) {
    return isPerProxy() ? file + "/" + proxy + ".json" : file;
  }

  /// The proxy that a file of this endpoint is about.
  ///
  /// @return empty where the file is none of this endpoint's
  public Optional<ProxyId> proxyOf(String path) {
    return isPerProxy() && path.startsWith(file + "/") && path.endsWith(".json")
        ? ProxyId.parse(path.substring(file.length() + 1, path.length() - ".json".length()))
        : Optional.empty();
  }

  public boolean isHeavy() {
    return trait == Trait.HEAVY;
  }

  /// Whether an error status is an answer whose body is worth keeping.
  public boolean keepsAnyStatus() {
    return trait == Trait.ANY_STATUS;
  }

  public boolean isPerProxy() {
    return trait == Trait.PER_PROXY;
  }

  /// Its name in item ids: the file without folder and suffix, such as `config_dump`.
  public String word() {
    var name = file.substring(file.indexOf('/') + 1);
    var dot = name.lastIndexOf('.');
    return dot < 0 ? name : name.substring(0, dot);
  }

  /// As people call it: `envoy config_dump`.
  public String readableName() {
    return server.folder() + " " + word();
  }

  /// All endpoints of a server, in the order in which they are asked: small ones first.
  public static List<Endpoint> of(Server server) {
    return Arrays.stream(values()).filter(e -> e.server == server).toList();
  }
}
