package io.bugreport.app.synthetic;

import io.bugreport.model.endpoint.ProxyId;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A sidecar, a gateway or the proxy of a virtual machine, and how it fares.
final class Proxy {
  private static final Duration LIFE = Duration.ofHours(24).plusMinutes(2);

  final ProxyId id;
  final String ip;
  final String app;
  final String version;
  final String account;

  /// The pod it is in; null for that of a virtual machine.
  final @Nullable Pod pod;

  /// Which istiod it is connected to.
  final int istiod;

  final int connection;

  /// Why Envoy took none of the listeners it was sent last; empty where it did.
  Optional<String> rejection = Optional.empty();

  /// Hosts whose addresses the agent still has as they were; empty text where it has none.
  final Map<String, String> staleNames = new LinkedHashMap<>();

  Instant certificateFrom;

  Proxy(
      ProxyId id,
      String ip,
      String app,
      String version,
      String account,
      @Nullable Pod pod,
      int istiod,
      int connection,
      Instant certificateFrom) {
    this.id = id;
    this.ip = ip;
    this.app = app;
    this.version = version;
    this.account = account;
    this.pod = pod;
    this.istiod = istiod;
    this.connection = connection;
    this.certificateFrom = certificateFrom;
  }

  boolean isGateway() {
    return pod != null && pod.workload.role() == Workload.Role.GATEWAY;
  }

  /// Its type in its node id.
  String type() {
    return isGateway() ? "router" : "sidecar";
  }

  String spiffe() {
    return "spiffe://cluster.local/ns/" + id.namespace() + "/sa/" + account;
  }

  Instant certificateUntil() {
    return certificateFrom.plus(LIFE);
  }

  boolean hasExpired(Instant now) {
    return certificateUntil().isBefore(now);
  }

  String connectionId() {
    return id + "-" + connection;
  }
}
