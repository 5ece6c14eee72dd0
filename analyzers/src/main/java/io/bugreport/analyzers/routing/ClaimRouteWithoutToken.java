package io.bugreport.analyzers.routing;

import static io.bugreport.model.resource.ResourceKind.CONFIG_MAP;
import static io.bugreport.model.resource.ResourceKind.GATEWAY;
import static io.bugreport.model.resource.ResourceKind.POD;
import static io.bugreport.model.resource.ResourceKind.REQUEST_AUTHENTICATION;
import static io.bugreport.model.resource.ResourceKind.VIRTUAL_SERVICE;

import io.bugreport.analyzers.mesh.MeshConfig;
import io.bugreport.analyzers.mesh.PodIndex;
import io.bugreport.model.check.Analyzer;
import io.bugreport.model.check.Check;
import io.bugreport.model.check.Mesh;
import io.bugreport.model.check.Observation;
import io.bugreport.model.finding.Severity;
import io.bugreport.model.resource.Field;
import io.bugreport.model.resource.Resource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A `VirtualService` routes by a claim of the caller's token (`@request.auth.claims`), and no
/// `RequestAuthentication` applies to the gateway's pods. The gateway then reads no token, the
/// claim is never there, and the route is never taken, or always where it matches on its absence.
///
/// Policies of the root namespace, which the mesh configuration names, and of the pods' namespace
/// are looked at; those with `targetRefs` do not reach the pods of an Istio `Gateway`. istioctl
/// takes `istio-system` for the root namespace, and any `targetRefs` for the whole namespace.
///
/// ## Fix
///
/// Let the gateway validate the token:
///
/// ```yaml
/// kind: RequestAuthentication
/// metadata: {name: ingress, namespace: istio-system}
/// spec:
///   selector: {matchLabels: {istio: ingressgateway}}
///   jwtRules:
///   - issuer: https://issuer.example.com
///     jwksUri: https://issuer.example.com/keys
/// ```
@Check(
    codes = "IST0149",
    title = "Route by a claim of a token that the gateway does not read",
    severity = Severity.ERROR,
    resources = {VIRTUAL_SERVICE, GATEWAY, POD, REQUEST_AUTHENTICATION, CONFIG_MAP},
    istioctlAnalyzer = "virtualservice.JWTClaimRouteAnalyzer")
public final class ClaimRouteWithoutToken implements Analyzer {
  private static final List<String> PREFIXES =
      List.of("@request.auth.claims.", "@request.auth.claims[");

  @Override
  public List<Observation> analyze(Mesh mesh) throws IOException {
    var root = MeshConfig.of(mesh.all(CONFIG_MAP)).rootNamespace();
    var pods = new PodIndex(mesh.all(POD));
    Map<String, List<Resource>> gateways = new HashMap<>();
    for (var gateway : mesh.all(GATEWAY)) {
      gateways
          .computeIfAbsent(gateway.namespace() + "/" + gateway.name(), _ -> new ArrayList<>())
          .add(gateway);
    }
    Map<String, List<Resource>> policies = new HashMap<>();
    for (var policy : mesh.all(REQUEST_AUTHENTICATION)) {
      if (policy.field("spec.targetRef").isEmpty()
          && policy.fields("spec.targetRefs.*").isEmpty()) {
        policies.computeIfAbsent(policy.namespace(), _ -> new ArrayList<>()).add(policy);
      }
    }
    List<Observation> observations = new ArrayList<>();
    for (var service : mesh.all(VIRTUAL_SERVICE)) {
      var claim = claim(service);
      if (claim.isEmpty()) {
        continue;
      }
      for (var reference : service.fields("spec.gateways.*")) {
        var name = reference.text();
        var key = name.indexOf('/') >= 0 ? name : service.namespace() + "/" + name;
        for (var gateway : gateways.getOrDefault(key, List.of())) {
          pods.selected(gateway.texts("spec.selector")).stream()
              .filter(pod -> !readsTokens(pod, root, policies))
              .findFirst()
              .ifPresent(pod -> observations.add(observation(service, claim.get(), gateway, pod)));
        }
      }
    }
    return observations;
  }

  /// The first header match that is one of a claim.
  private static Optional<Field> claim(Resource service) {
    for (var match : service.fields("spec.http.*.match.*")) {
      for (var name : new String[] {"headers", "withoutHeaders"}) {
        for (var header : match.fields(name + ".*")) {
          if (isClaim(key(header, name))) {
            return Optional.of(header);
          }
        }
      }
    }
    return Optional.empty();
  }

  private static String key(Field header, String owner) {
    return header
        .path()
        .substring(header.path().lastIndexOf("." + owner + ".") + owner.length() + 2);
  }

  private static boolean isClaim(String header) {
    var name = header.toLowerCase(Locale.ROOT);
    return PREFIXES.stream().anyMatch(name::startsWith);
  }

  private static boolean readsTokens(
      Resource pod, String root, Map<String, List<Resource>> policies) {
    return List.of(root, pod.namespace()).stream()
        .flatMap(namespace -> policies.getOrDefault(namespace, List.of()).stream())
        .anyMatch(policy -> pod.isSelectedBy(policy.texts("spec.selector.matchLabels")));
  }

  private static Observation observation(
      Resource service, Field claim, Resource gateway, Resource pod) {
    return Observation.of(
            service,
            claim,
            "It routes by a claim of a token, and no RequestAuthentication applies to %s of %s."
                .formatted(pod.id(), gateway.id()))
        .and(gateway.location())
        .with(gateway.id())
        .with(pod.id());
  }
}
