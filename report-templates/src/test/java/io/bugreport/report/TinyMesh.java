package io.bugreport.report;

import io.bugreport.model.resource.ResourceId;
import io.bugreport.model.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/// A mesh of as many files as a test needs.
public final class TinyMesh {
  public static final Instant TIME = Instant.parse("2026-11-24T12:00:00Z");
  private final Path root;

  public TinyMesh(Path folder) throws IOException {
    root = Files.createDirectories(folder.resolve("tiny"));
  }

  /// Adds a file of cluster `c`.
  public TinyMesh with(String path, String text) throws IOException {
    var file = root.resolve("clusters/c").resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    return this;
  }

  /// Adds a file beside the clusters.
  public TinyMesh beside(String path, String text) throws IOException {
    Files.writeString(root.resolve(path), text);
    return this;
  }

  /// Adds objects of a kind, in namespace `n`.
  public TinyMesh objects(String group, String plural, String text) throws IOException {
    return with("namespaces/n/" + group + "/" + plural + ".yaml", text);
  }

  public Snapshot open() throws IOException {
    return Snapshot.open(root, TIME);
  }

  /// A gateway, a route, two services and three deployments behind them.
  public static TinyMesh shop(Path folder) throws IOException {
    return new TinyMesh(folder)
        .objects(
            "networking.istio.io",
            "gateways",
            """
            apiVersion: networking.istio.io/v1
            kind: Gateway
            metadata: {name: door, namespace: n}
            spec: {servers: [{port: {number: 443, protocol: HTTPS}, tls: {mode: SIMPLE}}]}
            """)
        .objects(
            "networking.istio.io",
            "virtualservices",
            """
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: route, namespace: n}
            spec:
              gateways: [door]
              http: [{route: [{destination: {host: cart, subset: v1}}, {destination: {host: pay.n.svc.cluster.local}}]}]
            """)
        .objects(
            "security.istio.io",
            "peerauthentications",
            """
            apiVersion: security.istio.io/v1
            kind: PeerAuthentication
            metadata: {name: strict, namespace: n}
            spec: {mtls: {mode: STRICT}}
            """)
        .objects("core", "services", service("cart") + service("pay"))
        .objects(
            "core", "pods", pod("cart-1", "cart") + pod("cart-2", "cart") + pod("pay-1", "pay"));
  }

  private static String service(String name) {
    return """
    ---
    apiVersion: v1
    kind: Service
    metadata: {name: %1$s, namespace: n}
    spec: {selector: {app: %1$s}}
    """
        .formatted(name);
  }

  private static String pod(String owner, String app) {
    return """
    ---
    apiVersion: v1
    kind: Pod
    metadata:
      name: %1$s-pod
      namespace: n
      labels: {app: %2$s}
      ownerReferences: [{apiVersion: apps/v1, kind: StatefulSet, name: %1$s, controller: true}]
    spec: {containers: [{name: app}, {name: istio-proxy}]}
    """
        .formatted(owner, app);
  }

  public static ResourceId id(String group, String kind, String name) {
    return new ResourceId("c", group, kind, "n", name);
  }

  public static ResourceId gateway() {
    return id("networking.istio.io", "Gateway", "door");
  }

  public static ResourceId route() {
    return id("networking.istio.io", "VirtualService", "route");
  }

  public static ResourceId service() {
    return id("", "Service", "pay");
  }

  public static ResourceId workload(String name) {
    return id("apps", "StatefulSet", name);
  }
}
