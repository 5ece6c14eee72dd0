package io.bugreport.analyzers.routing;

import static io.bugreport.model.resource.ResourceKind.CONFIG_MAP;
import static io.bugreport.model.resource.ResourceKind.VIRTUAL_SERVICE;

import io.bugreport.analyzers.mesh.ClusterDomain;
import io.bugreport.analyzers.mesh.HostName;
import io.bugreport.analyzers.mesh.Visibility;
import io.bugreport.model.check.Analyzer;
import io.bugreport.model.check.Check;
import io.bugreport.model.check.Mesh;
import io.bugreport.model.check.Observation;
import io.bugreport.model.finding.Severity;
import io.bugreport.model.resource.Field;
import io.bugreport.model.resource.Resource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Two virtual services claim the same host for the sidecars of the same namespaces. Sidecars do
/// not merge them, as gateways do: the oldest wins and the routes of the other are ignored.
///
/// Virtual services that are bound to gateways only are not meant; `exportTo` tells which
/// namespaces see which. One that names a host twice, in short and in full, does not conflict with
/// itself, though istioctl says so.
///
/// ## Fix
///
/// Put the routes of a host into one object, the narrower matches first, or limit the objects to
/// different namespaces:
///
/// ```sh
/// kubectl get virtualservices -A -o custom-columns=\
/// NS:.metadata.namespace,NAME:.metadata.name,HOSTS:.spec.hosts,GATEWAYS:.spec.gateways,TO:.spec.exportTo
/// ```
@Check(
    codes = "IST0109",
    title = "Virtual services that claim one host for the mesh",
    severity = Severity.ERROR,
    resources = {VIRTUAL_SERVICE, CONFIG_MAP},
    istioctlAnalyzer = "virtualservice.ConflictingMeshGatewayHostsAnalyzer")
public final class ConflictingMeshHosts implements Analyzer {

  private record Claim(Resource service, Field host, String name) {}

  /// What the sidecars of a scope are given.
  private static final class Scope {
    private final Map<String, List<Claim>> byName = new LinkedHashMap<>();
    private final Map<String, List<Claim>> wildcards = new LinkedHashMap<>();

    void add(Claim claim) {
      byName.computeIfAbsent(claim.name(), _ -> new ArrayList<>()).add(claim);
      if (HostName.isWildcard(claim.name())) {
        wildcards.computeIfAbsent(claim.name(), _ -> new ArrayList<>()).add(claim);
      }
    }

    /// The claims for hosts that a name overlaps.
    List<Claim> overlapping(String name) {
      var candidates = HostName.isWildcard(name) ? byName : wildcards;
      List<Claim> found = new ArrayList<>();
      candidates.forEach(
          (other, claims) -> {
            if (!other.equals(name) && HostName.overlap(other, name)) {
              found.addAll(claims);
            }
          });
      found.addAll(byName.getOrDefault(name, List.of()));
      return found;
    }
  }

  @Override
  public List<Observation> analyze(Mesh mesh) throws IOException {
    var domain = ClusterDomain.of(mesh.all(CONFIG_MAP));
    Map<String, Map<String, Scope>> clusters = new TreeMap<>();
    for (var service : mesh.all(VIRTUAL_SERVICE)) {
      if (isForSidecars(service)) {
        for (var scope : Visibility.of(service).scopes()) {
          for (var host : service.fields("spec.hosts.*")) {
            clusters
                .computeIfAbsent(service.id().cluster(), _ -> new TreeMap<>())
                .computeIfAbsent(scope, _ -> new Scope())
                .add(new Claim(service, host, domain.qualified(host.text(), service.namespace())));
          }
        }
      }
    }
    Map<Resource, Conflict> conflicts = new LinkedHashMap<>();
    clusters.values().forEach(scopes -> collect(scopes, conflicts));
    return conflicts.values().stream().map(Conflict::observation).toList();
  }

  private static boolean isForSidecars(Resource service) {
    var gateways = service.fields("spec.gateways.*");
    return gateways.isEmpty() || gateways.stream().anyMatch(g -> g.text().equals("mesh"));
  }

  private static void collect(Map<String, Scope> scopes, Map<Resource, Conflict> conflicts) {
    var everywhere = scopes.getOrDefault(Visibility.EVERYWHERE, new Scope());
    scopes.forEach(
        (scope, claimed) ->
            claimed.byName.forEach(
                (name, claims) -> {
                  List<Claim> all = new ArrayList<>(claims);
                  if (!scope.equals(Visibility.EVERYWHERE)) {
                    all.addAll(everywhere.overlapping(name));
                  }
                  if (all.stream().map(Claim::service).distinct().count() > 1) {
                    join(all, conflicts);
                  }
                }));
  }

  private static void join(List<Claim> all, Map<Resource, Conflict> conflicts) {
    Map<Resource, Claim> once = new LinkedHashMap<>();
    all.forEach(claim -> once.putIfAbsent(claim.service(), claim));
    for (var one : once.values()) {
      var conflict = conflicts.computeIfAbsent(one.service(), _ -> new Conflict(one));
      // A few are enough to see what is meant, and keep a host of hundreds from being squared.
      once.values().stream()
          .filter(other -> !other.service().equals(one.service()))
          .limit(Conflict.MOST)
          .forEach(conflict::add);
    }
  }

  /// One virtual service and those that claim a host of it.
  private static final class Conflict {
    static final int MOST = 5;

    private final Claim claim;
    private final TreeMap<String, Resource> others = new TreeMap<>();

    Conflict(Claim claim) {
      this.claim = claim;
    }

    void add(Claim other) {
      others.put(other.service().id().toString(), other.service());
    }

    Observation observation() {
      var named = others.values().stream().limit(MOST).toList();
      var observation =
          Observation.of(
              claim.service(),
              claim.host(),
              "The host %s is also claimed by %s, for the same sidecars."
                  .formatted(
                      claim.name(),
                      String.join(", ", named.stream().map(r -> r.id().toString()).toList())));
      for (var other : named) {
        observation = observation.and(other.location()).with(other.id());
      }
      return observation;
    }
  }
}
