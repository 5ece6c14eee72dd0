package io.bugreport.model.envoy;

import io.bugreport.model.resource.DocumentException;
import io.bugreport.model.resource.DocumentReader;
import io.bugreport.model.resource.Field;
import io.bugreport.model.resource.Location;
import io.bugreport.model.snapshot.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;

/// An upstream cluster as an Envoy sees it at run time: one entry of `clusters?format=json`.
///
/// Source: `envoy.admin.v3.ClusterStatus`.
///
/// @param name such as `outbound|9080||reviews.default.svc.cluster.local`
/// @param location where its entry begins
public record UpstreamCluster(String name, List<Host> hosts, Location location) {

  /// One host of a cluster.
  ///
  /// @param address IP address and port, or the path of a pipe
  /// @param isEjected whether outlier detection has taken it out
  /// @param isUnhealthy whether a health check failed, or EDS calls it unhealthy
  /// @param location where its health is written
  public record Host(String address, boolean isEjected, boolean isUnhealthy, Location location) {

    /// Whether it gets requests.
    public boolean isInUse() {
      return !isEjected && !isUnhealthy;
    }
  }

  public UpstreamCluster {
    hosts = List.copyOf(hosts);
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
    try (var parser = DocumentReader.json(in)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return;
      }
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        var list = ProtoJson.snakeCase(parser.currentName()).equals("cluster_statuses");
        if (parser.nextToken() == JsonToken.START_ARRAY && list) {
          for (var i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
            var at = "cluster_statuses[" + i + "]";
            clusters.accept(of(new Field(path, at, DocumentReader.read(parser))));
          }
        } else {
          parser.skipChildren();
        }
      }
    } catch (JacksonException e) {
      throw DocumentException.of(path, e);
    }
  }

  private static UpstreamCluster of(Field cluster) {
    List<Host> hosts = new ArrayList<>();
    for (var host : ProtoJson.items(cluster, "host_statuses")) {
      var health = ProtoJson.field(host, "health_status");
      hosts.add(
          new Host(
              address(host),
              health.filter(h -> is(h, "failed_outlier_check")).isPresent(),
              health.filter(UpstreamCluster::isUnhealthy).isPresent(),
              health.orElse(host).location()));
    }
    return new UpstreamCluster(ProtoJson.text(cluster, "name"), hosts, cluster.location());
  }

  private static boolean isUnhealthy(Field health) {
    var eds = ProtoJson.text(health, "eds_health_status");
    return is(health, "failed_active_health_check")
        || is(health, "failed_active_degraded_check")
        || eds.equals("UNHEALTHY")
        || eds.equals("TIMEOUT");
  }

  private static boolean is(Field health, String flag) {
    return ProtoJson.text(health, flag).equals("true");
  }

  private static String address(Field host) {
    var socket = ProtoJson.field(host, "address.socket_address");
    return socket
        .map(s -> ProtoJson.text(s, "address") + ":" + ProtoJson.text(s, "port_value"))
        .orElseGet(() -> ProtoJson.text(host, "address.pipe.path"));
  }
}
