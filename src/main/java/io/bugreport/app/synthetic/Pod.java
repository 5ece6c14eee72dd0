package io.bugreport.app.synthetic;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A pod and how it fares.
final class Pod {
  final Workload workload;
  final String name;
  final String ip;
  final String node;
  final String zone;
  final Instant started;

  /// The proxy in it, if any.
  @Nullable Proxy proxy;

  /// Why it takes no traffic; empty while it does.
  Optional<String> unready = Optional.empty();

  /// How often the proxy's container was started again.
  int proxyRestarts;

  Pod(Workload workload, String name, String ip, int node, Instant started) {
    this.workload = workload;
    this.name = name;
    this.ip = ip;
    this.node = "node-" + (node + 1);
    this.zone = "eu-1" + (char) ('a' + node);
    this.started = started;
  }

  boolean isReady() {
    return unready.isEmpty();
  }

  boolean hasNativeSidecar() {
    return proxy != null && workload.nativeSidecar();
  }
}
