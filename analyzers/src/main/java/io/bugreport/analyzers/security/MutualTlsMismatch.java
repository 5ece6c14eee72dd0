package io.bugreport.analyzers.security;

import static io.bugreport.model.resource.ResourceKind.CONFIG_MAP;
import static io.bugreport.model.resource.ResourceKind.DESTINATION_RULE;
import static io.bugreport.model.resource.ResourceKind.NAMESPACE;
import static io.bugreport.model.resource.ResourceKind.PEER_AUTHENTICATION;
import static io.bugreport.model.resource.ResourceKind.POD;
import static io.bugreport.model.resource.ResourceKind.SERVICE;
import static io.bugreport.model.resource.ResourceKind.SERVICE_ENTRY;

import io.bugreport.analyzers.mesh.ClusterDomain;
import io.bugreport.analyzers.mesh.Injection;
import io.bugreport.analyzers.mesh.MeshConfig;
import io.bugreport.analyzers.mesh.PodIndex;
import io.bugreport.analyzers.mesh.ServiceRegistry;
import io.bugreport.analyzers.mesh.Ties;
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
import java.util.List;

/// A `DestinationRule` and the workloads that it leads to disagree about mutual TLS. Clients then
/// speak plain text to servers that only take TLS, or the other way round, and every request fails
/// with `503`: `upstream_reset_before_response_started{connection_termination}` or `{TLS_error}`.
///
/// Without `tls` in a `DestinationRule`, Istio finds out by itself what the server takes. A mode
/// switches that off:
///
/// - `DISABLE` and `SIMPLE`, where the `PeerAuthentication` of all workloads is `STRICT`;
/// - `ISTIO_MUTUAL`, where no workload has a proxy, or the `PeerAuthentication` is `DISABLE`.
///
/// Rules for single ports are left alone.
///
/// ## Fix
///
/// Remove `trafficPolicy.tls` from the `DestinationRule`, or set its mode to what the servers take:
///
/// ```sh
/// kubectl get peerauthentications -A
/// kubectl -n NAMESPACE get destinationrule NAME -o yaml
/// ```
@Check(
    codes = "ENV-10",
    title = "Mutual TLS on one side only",
    severity = Severity.ERROR,
    resources = {
      DESTINATION_RULE,
      PEER_AUTHENTICATION,
      SERVICE,
      SERVICE_ENTRY,
      POD,
      NAMESPACE,
      CONFIG_MAP
    })
public final class MutualTlsMismatch implements Analyzer {

  @Override
  public List<Observation> analyze(Mesh mesh) throws IOException {
    var maps = mesh.all(CONFIG_MAP);
    var domain = ClusterDomain.of(maps);
    var registry = new ServiceRegistry(domain, mesh.all(SERVICE), mesh.all(SERVICE_ENTRY));
    var peers = new PeerModes(mesh.all(PEER_AUTHENTICATION), MeshConfig.of(maps).rootNamespace());
    var injection = new Injection(mesh.all(NAMESPACE));
    var pods =
        new PodIndex(
            mesh.all(POD).stream()
                .filter(
                    p ->
                        p.text("status.phase").equals("Running")
                            || p.text("status.phase").isEmpty())
                .toList());
    List<Observation> observations = new ArrayList<>();
    for (var rule : mesh.all(DESTINATION_RULE)) {
      var host = rule.text("spec.host");
      var found = registry.find(rule.namespace(), Visibility.of(rule), host);
      if (found.isEmpty()) {
        continue;
      }
      List<Resource> behind = new ArrayList<>();
      for (var service : found.get().definedBy()) {
        var selector = service.texts("spec.selector");
        if (service.id().kind().equals("Service") && !selector.isEmpty()) {
          behind.addAll(pods.selected(service.namespace(), selector));
        }
      }
      if (behind.isEmpty()) {
        continue;
      }
      List<Field> modes = new ArrayList<>(rule.fields("spec.trafficPolicy.tls.mode"));
      modes.addAll(rule.fields("spec.subsets.*.trafficPolicy.tls.mode"));
      for (var mode : modes) {
        var problem = problem(mode.text(), behind, peers, injection);
        if (!problem.isEmpty()) {
          var observation =
              Observation.of(
                      rule,
                      mode,
                      "Clients of %s use %s, and %s: every request fails."
                          .formatted(host, mode.text(), problem))
                  .with(found.get().definedBy().getFirst().id())
                  .tie(Ties.host(found.get().host()));
          var policy = peers.of(behind.getFirst());
          observations.add(
              policy.isPresent()
                  ? observation.with(policy.get().id()).and(policy.get().location())
                  : observation);
        }
      }
    }
    return observations;
  }

  private static String problem(
      String mode, List<Resource> behind, PeerModes peers, Injection injection) {
    return switch (mode) {
      case "DISABLE", "SIMPLE" ->
          behind.stream().allMatch(p -> injection.takesPart(p) && peers.mode(p).equals("STRICT"))
              ? "its workloads take mutual TLS only (STRICT)"
              : "";
      case "ISTIO_MUTUAL" -> {
        if (behind.stream().noneMatch(injection::takesPart)) {
          yield "its pods have no proxy that could take mutual TLS";
        }
        yield behind.stream().allMatch(p -> peers.mode(p).equals("DISABLE"))
            ? "its workloads take plain text only (DISABLE)"
            : "";
      }
      default -> "";
    };
  }
}
