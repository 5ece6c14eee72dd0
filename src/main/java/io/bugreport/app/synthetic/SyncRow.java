package io.bugreport.app.synthetic;

import tools.jackson.databind.node.ObjectNode;

/// A row of `syncz`: what an istiod replica sent to one proxy, and what of it was accepted. It has
/// both shapes at once, as a real one does.
final class SyncRow {
  private final Mesh mesh;

  SyncRow(Mesh mesh) {
    this.mesh = mesh;
  }

  ObjectNode of(Proxy proxy) {
    var row =
        Tree.object(
            "cluster_id",
            IstiodAnswers.CLUSTER,
            "proxy",
            proxy.id.toString(),
            "proxy_type",
            proxy.type(),
            "istio_version",
            Mesh.ISTIO);
    var resources = Tree.object();
    add(row, resources, proxy, "cluster", "envoy.config.cluster.v3.Cluster", false);
    add(row, resources, proxy, "endpoint", "envoy.config.endpoint.v3.ClusterLoadAssignment", false);
    add(
        row,
        resources,
        proxy,
        "listener",
        "envoy.config.listener.v3.Listener",
        proxy.rejection.isPresent());
    add(row, resources, proxy, "route", "envoy.config.route.v3.RouteConfiguration", false);
    if (!proxy.isGateway()) {
      add(row, resources, proxy, "", "istio.networking.nds.v1.NameTable", false);
    }
    row.set("resources", resources);
    return row;
  }

  private void add(
      ObjectNode row,
      ObjectNode resources,
      Proxy proxy,
      String flat,
      String type,
      boolean rejected) {
    var sent = nonce(proxy, type, "");
    var stale = type.endsWith("NameTable") && !proxy.staleNames.isEmpty();
    var acked = stale ? nonce(proxy, type, "before") : sent;
    if (!flat.isEmpty()) {
      row.put(flat + "_sent", sent);
      if (!rejected) {
        row.put(flat + "_acked", acked);
      }
    }
    var since =
        stale
            ? mesh.plan.time().minusSeconds(700)
            : Connections.connectedAt(mesh, proxy).plusMillis(90);
    resources.set(
        IstiodAnswers.TYPES + type,
        Tree.object(
            "sent",
            sent,
            "acked",
            rejected ? Tree.ABSENT : acked,
            "sentTime",
            since.toString(),
            "lastError",
            rejected ? ContainerLogs.rejected(proxy) + "\n" : Tree.ABSENT));
  }

  private String nonce(Proxy proxy, String type, String which) {
    return Connections.version(mesh).replace("/14", "/") + Names.uuid(proxy.id + type + which);
  }
}
