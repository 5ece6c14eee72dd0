package io.bugreport.app.synthetic;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/// The DNS name table of one proxy: as istiod has it, and as its agent does.
final class NameTable {
  private NameTable() {}

  /// The answer of istiod's `ndsz`.
  static ObjectNode ofIstiod(Mesh mesh, Proxy proxy) {
    if (proxy.isGateway()) {
      return Tree.object();
    }
    return Tree.object(
        "configs",
        Tree.array(
            Tree.object(
                EnvoyConfig.TYPE,
                "type.googleapis.com/istio.networking.nds.v1.NameTable",
                "table",
                table(mesh, proxy))));
  }

  private static Map<String, ObjectNode> table(Mesh mesh, Proxy proxy) {
    Map<String, ObjectNode> table = new TreeMap<>();
    mesh.externals.forEach(
        e -> table.put(e.host(), Tree.object("ips", List.of(e.address()), "registry", "External")));
    mesh.visibleTo(proxy)
        .forEach(
            s ->
                table.put(
                    s.host(),
                    Tree.object(
                        "ips",
                        List.of(s.ip()),
                        "registry",
                        "Kubernetes",
                        "shortname",
                        s.name(),
                        "namespace",
                        s.namespace())));
    return table;
  }

  /// The answer of the agent's `ndsz`, with the shorter names that the agent adds.
  static ObjectNode ofAgent(Mesh mesh, Proxy proxy) {
    Map<String, ObjectNode> names = new TreeMap<>();
    table(mesh, proxy)
        .forEach(
            (host, entry) -> {
              var stale = proxy.staleNames.get(host);
              if (stale != null && stale.isEmpty()) {
                return;
              }
              var known = entry.deepCopy();
              if (stale != null) {
                known.set("ips", Tree.array(stale));
              }
              names.put(host, known);
              var alternative = Tree.object("ips", known.path("ips"), "registry", "Kubernetes");
              names.put(host + ".", alternative);
              var service = entry.path("shortname").asString("");
              if (!service.isEmpty()) {
                var namespace = entry.path("namespace").stringValue();
                names.put(service + "." + namespace + ".", alternative);
                names.put(service + "." + namespace + ".svc.", alternative);
                if (namespace.equals(proxy.id.namespace())) {
                  names.put(service + ".", alternative);
                }
              }
            });
    return Tree.object("table", names);
  }
}
