package io.bugreport.app.synthetic;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// What a synthetic mesh is to be like. The same plan always makes the same bytes.
///
/// @param name the sample's name, also the root folder of its archive
/// @param cluster the cluster's name in the archive
/// @param time when the snapshot was taken
/// @param services the applications, callers before those they call
/// @param istiodReplicas how many istiods share the proxies
/// @param scoped whether sidecars see only their own namespace and `istio-system`
/// @param externalHosts hosts outside of the mesh, in excess of those of `config`; each makes every
///   configuration dump about 5 kB longer
/// @param config Istio objects, a template of this package; empty for none
/// @param vm whether a virtual machine is in the mesh
/// @param logBytes how much each proxy logs, in bytes
/// @param seed what names and numbers are drawn from
public record MeshPlan(
    String name,
    String cluster,
    Instant time,
    List<ServicePlan> services,
    int istiodReplicas,
    boolean scoped,
    int externalHosts,
    String config,
    boolean vm,
    long logBytes,
    long seed) {

  private static final Instant TIME = Instant.parse("2026-11-20T10:15:00Z");
  private static final int PORT = 9080;
  private static final int CHAIN = 4;

  /// An application with one Deployment for each version.
  ///
  /// @param caller the service that calls it; empty where requests come through the gateway
  /// @param callingVersions the versions of the caller that do; empty for all
  /// @param path what is asked of it
  public record ServicePlan(
      String namespace,
      String name,
      List<VersionPlan> versions,
      int port,
      String caller,
      List<String> callingVersions,
      String path) {
    public ServicePlan {
      versions = List.copyOf(versions);
      callingVersions = List.copyOf(callingVersions);
    }
  }

  /// One version of an application.
  ///
  /// @param nativeSidecar whether its proxy is an init container that goes on running
  public record VersionPlan(String version, int replicas, boolean nativeSidecar) {}

  public MeshPlan {
    services = List.copyOf(services);
    if (services.isEmpty() || istiodReplicas < 1 || externalHosts < 0 || logBytes < 0) {
      throw new IllegalArgumentException(
          "a mesh has at least one service and one istiod, and no size below zero: " + name);
    }
  }

  /// Istio's example application, with one more service that runs on a virtual machine.
  public static MeshPlan bookinfo() {
    var services =
        List.of(
            service("productpage", "", List.of(), "/productpage", version("v1", true)),
            service("details", "productpage", List.of(), "/details/0", version("v1", true)),
            service(
                "reviews",
                "productpage",
                List.of(),
                "/reviews/0",
                version("v1", false),
                version("v2", true),
                version("v3", true)),
            service("ratings", "reviews", List.of("v2", "v3"), "/ratings/0", version("v1", true)));
    return new MeshPlan(
        "bookinfo", "east", TIME, services, 2, true, 0, "bookinfo.yaml", true, 60_000, 20261120);
  }

  /// The same under the name of its broken twin.
  public MeshPlan named(String other) {
    return new MeshPlan(
        other,
        cluster,
        time,
        services,
        istiodReplicas,
        scoped,
        externalHosts,
        config,
        vm,
        logBytes,
        seed);
  }

  /// The same with more hosts outside of the mesh.
  MeshPlan withExternalHosts(int count) {
    return new MeshPlan(
        name, cluster, time, services, istiodReplicas, scoped, count, config, vm, logBytes, seed);
  }

  /// The same with logs of another size.
  MeshPlan withLogBytes(long bytes) {
    return new MeshPlan(
        name,
        cluster,
        time,
        services,
        istiodReplicas,
        scoped,
        externalHosts,
        config,
        vm,
        bytes,
        seed);
  }

  /// A mesh of any size: chains of four services that call each other, spread over namespaces.
  ///
  /// @param proxies how many sidecars there are, at least one for each service
  public static MeshPlan mesh(int namespaces, int services, int proxies, long logBytes) {
    if (namespaces < 1 || services < namespaces || proxies < services) {
      throw new IllegalArgumentException(
          "a mesh needs at least one service in each namespace and one proxy for each service: "
              + (namespaces + " namespaces, " + services + " services, " + proxies + " proxies"));
    }
    List<ServicePlan> plans = new ArrayList<>();
    for (var i = 0; i < services; i++) {
      var replicas = proxies / services + (i < proxies % services ? 1 : 0);
      plans.add(
          new ServicePlan(
              "mesh-%03d".formatted(i * namespaces / services),
              "service-%04d".formatted(i),
              List.of(new VersionPlan("v1", replicas, true)),
              PORT,
              i % CHAIN == 0 ? "" : "service-%04d".formatted(i - 1),
              List.of(),
              "/items/" + i));
    }
    return new MeshPlan("mesh", "mesh", TIME, plans, 2, false, 0, "", false, logBytes, 1);
  }

  private static ServicePlan service(
      String name,
      String caller,
      List<String> callingVersions,
      String path,
      VersionPlan... versions) {
    return new ServicePlan(
        "bookinfo", name, List.of(versions), PORT, caller, callingVersions, path);
  }

  private static VersionPlan version(String version, boolean nativeSidecar) {
    return new VersionPlan(version, 1, nativeSidecar);
  }
}
