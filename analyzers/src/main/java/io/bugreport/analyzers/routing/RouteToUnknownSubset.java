package io.bugreport.analyzers.routing;

import static io.bugreport.model.resource.ResourceKind.CONFIG_MAP;
import static io.bugreport.model.resource.ResourceKind.DESTINATION_RULE;
import static io.bugreport.model.resource.ResourceKind.VIRTUAL_SERVICE;

import io.bugreport.analyzers.mesh.ClusterDomain;
import io.bugreport.analyzers.mesh.Ties;
import io.bugreport.model.check.Analyzer;
import io.bugreport.model.check.Check;
import io.bugreport.model.check.Mesh;
import io.bugreport.model.check.Observation;
import io.bugreport.model.finding.Severity;
import io.bugreport.model.resource.Field;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A `VirtualService` sends traffic to a subset that no `DestinationRule` of the host defines.
/// Envoy has no cluster for it: requests fail with status 503 and the response flag `NC`.
///
/// Rules with a wildcard for a host, such as `*.example.com`, define subsets of all hosts below it;
/// istioctl does not see those.
///
/// ## Fix
///
/// Define the subset, or correct its name in the route:
///
/// ```yaml
/// kind: DestinationRule
/// spec:
///   host: reviews
///   subsets:
///   - name: v2
///     labels: {version: v2}
/// ```
@Check(
    codes = "IST0101",
    title = "Route to an undefined subset",
    severity = Severity.ERROR,
    resources = {VIRTUAL_SERVICE, DESTINATION_RULE, CONFIG_MAP},
    istioctlAnalyzer = "virtualservice.DestinationRuleAnalyzer")
public final class RouteToUnknownSubset implements Analyzer {

  @Override
  public List<Observation> analyze(Mesh mesh) throws IOException {
    var domain = ClusterDomain.of(mesh.all(CONFIG_MAP));
    Map<String, Set<String>> subsets = new HashMap<>();
    for (var rule : mesh.all(DESTINATION_RULE)) {
      var host = domain.qualified(rule.text("spec.host"), rule.namespace());
      var names = subsets.computeIfAbsent(host, _ -> new HashSet<>());
      rule.fields("spec.subsets.*.name").stream().map(Field::text).forEach(names::add);
    }
    List<Observation> observations = new ArrayList<>();
    for (var service : mesh.all(VIRTUAL_SERVICE)) {
      for (var destination : Destination.of(service)) {
        var subset = destination.subset();
        var host = domain.qualified(destination.host().text(), service.namespace());
        if (!subset.isEmpty() && !isDefined(subsets, host, subset)) {
          observations.add(
              Observation.of(
                      service,
                      destination.field().named("subset").orElse(destination.host()),
                      "%s is the subset %s of %s, which no DestinationRule defines."
                          .formatted(destination.word(), subset, destination.host().text()))
                  .tie(Ties.host(host)));
        }
      }
    }
    return observations;
  }

  /// Looks at the host itself, then at each wildcard that covers it.
  private static boolean isDefined(Map<String, Set<String>> subsets, String host, String subset) {
    if (subsets.getOrDefault(host, Set.of()).contains(subset)) {
      return true;
    }
    for (var dot = host.indexOf('.'); dot >= 0; dot = host.indexOf('.', dot + 1)) {
      if (subsets.getOrDefault("*" + host.substring(dot), Set.of()).contains(subset)) {
        return true;
      }
    }
    return subsets.getOrDefault("*", Set.of()).contains(subset);
  }
}
