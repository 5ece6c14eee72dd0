package io.bugreport.model.envoy;

import io.bugreport.model.resource.DocumentException;
import io.bugreport.model.resource.Location;
import io.bugreport.model.snapshot.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// An upstream cluster as an Envoy sees it at run time: one entry of `clusters?format=json`.
///
/// Source: `envoy.admin.v3.ClusterStatus`.
///
/// @param name such as `outbound|9080||reviews.default.svc.cluster.local`
/// @param limits what its circuit breaker allows at normal priority, such as `max_connections`
/// @param location where its entry begins
public record UpstreamCluster(
    String name, List<Host> hosts, Map<String, Long> limits, Location location) {

  /// One host of a cluster.
  ///
  /// @param address IP address and port, or the path of a pipe
  /// @param isEjected whether outlier detection has taken it out
  /// @param isUnhealthy whether a health check failed, or EDS calls it unhealthy
  /// @param counters its counters and gauges above zero, such as `cx_connect_fail`
  /// @param location where its health is written
  public record Host(
      String address,
      boolean isEjected,
      boolean isUnhealthy,
      Map<String, Long> counters,
      Location location) {

    public Host {
      counters = Map.copyOf(counters);
    }

    /// Whether it gets requests.
    public boolean isInUse() {
      return !isEjected && !isUnhealthy;
    }

    /// A counter; Envoy leaves out those that are zero.
    public long count(String name) {
      return counters.getOrDefault(name, 0L);
    }
  }

  public UpstreamCluster {
    hosts = List.copyOf(hosts);
    limits = Map.copyOf(limits);
  }

  /// Reads all clusters of an answer, one at a time.
  public static void read(Answer answer, Consumer<UpstreamCluster> clusters) throws IOException {
    try (var in = answer.open()) {
      read(answer.path(), in, clusters);
    }
  }

  /// Reads all clusters of a document.
  ///
  /// @param path the file's name, for locations and messages
  /// @throws DocumentException with the line at which it stops being readable
  public static void read(String path, InputStream in, Consumer<UpstreamCluster> clusters)
      throws IOException {
    UpstreamParser.read(path, in, clusters);
  }
}
