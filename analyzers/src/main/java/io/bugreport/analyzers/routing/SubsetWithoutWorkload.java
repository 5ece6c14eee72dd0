package io.bugreport.analyzers.routing;

import static io.bugreport.model.resource.ResourceKind.CONFIG_MAP;
import static io.bugreport.model.resource.ResourceKind.CRON_JOB;
import static io.bugreport.model.resource.ResourceKind.DAEMON_SET;
import static io.bugreport.model.resource.ResourceKind.DEPLOYMENT;
import static io.bugreport.model.resource.ResourceKind.DESTINATION_RULE;
import static io.bugreport.model.resource.ResourceKind.JOB;
import static io.bugreport.model.resource.ResourceKind.NODE;
import static io.bugreport.model.resource.ResourceKind.POD;
import static io.bugreport.model.resource.ResourceKind.SERVICE;
import static io.bugreport.model.resource.ResourceKind.SERVICE_ENTRY;
import static io.bugreport.model.resource.ResourceKind.STATEFUL_SET;
import static io.bugreport.model.resource.ResourceKind.VIRTUAL_SERVICE;
import static io.bugreport.model.resource.ResourceKind.WORKLOAD_ENTRY;
import static io.bugreport.model.resource.ResourceKind.WORKLOAD_GROUP;

import io.bugreport.analyzers.mesh.ClusterDomain;
import io.bugreport.analyzers.mesh.ServiceRegistry;
import io.bugreport.analyzers.mesh.Ties;
import io.bugreport.analyzers.mesh.Visibility;
import io.bugreport.analyzers.mesh.Workloads;
import io.bugreport.model.check.Analyzer;
import io.bugreport.model.check.Check;
import io.bugreport.model.check.Mesh;
import io.bugreport.model.check.Observation;
import io.bugreport.model.finding.Severity;
import io.bugreport.model.resource.Field;
import io.bugreport.model.resource.Resource;
import io.bugreport.model.resource.ResourceId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A `DestinationRule` is about a host that no `Service` and no `ServiceEntry` provides (IST0174),
/// so nothing uses it; or it defines a subset with labels that no workload behind the host has
/// (IST0173), so that requests for the subset fail with status 503 and the response flag `UH`. A
/// subset that no `VirtualService` routes to breaks nothing yet, and is reported as information.
///
/// Behind a Service are the pods of its namespace that it selects; behind a `ServiceEntry` what its
/// `workloadSelector` selects, or its own endpoints. The labels of a pod's node for region, zone
/// and host count as the pod's. Workloads that are scaled to zero, and virtual machines, count.
/// istioctl takes any pod of any namespace for one behind the host, and sees no machines, no
/// endpoints of service entries and nothing that is scaled to zero; it also reports wildcard hosts,
/// such as `*.local`, which are sound where they cover any host that there is.
///
/// A Service without a selector is not judged: its endpoints may have any labels.
///
/// ## Fix
///
/// ```sh
/// kubectl -n NAMESPACE get pods --show-labels
/// ```
///
/// Correct the labels of the subset or of the workload's template. For an unknown host, write it in
/// full: a short name means a Service in the namespace of the rule.
@Check(
    codes = {"IST0173", "IST0174"},
    title = "Destination rule for an unknown host or an empty subset",
    severity = Severity.ERROR,
    resources = {
      DESTINATION_RULE,
      SERVICE,
      SERVICE_ENTRY,
      POD,
      NODE,
      CONFIG_MAP,
      DEPLOYMENT,
      STATEFUL_SET,
      DAEMON_SET,
      JOB,
      CRON_JOB,
      WORKLOAD_ENTRY,
      WORKLOAD_GROUP,
      VIRTUAL_SERVICE
    },
    istioctlAnalyzer = "destinationrule.SubsetSelectPodAnalyzer")
public final class SubsetWithoutWorkload implements Analyzer {

  @Override
  public List<Observation> analyze(Mesh mesh) throws IOException {
    var domain = ClusterDomain.of(mesh.all(CONFIG_MAP));
    var registry = new ServiceRegistry(domain, mesh.all(SERVICE), mesh.all(SERVICE_ENTRY));
    var behind = new WorkloadsBehind(mesh.all(POD), mesh.all(NODE), Workloads.of(mesh));
    var routed = RoutedSubsets.of(mesh.all(VIRTUAL_SERVICE), domain);
    Map<ResourceId, String> hosts = new HashMap<>();
    List<Observation> observations = new ArrayList<>();
    for (var rule : mesh.all(DESTINATION_RULE)) {
      var host = rule.text("spec.host");
      var qualified = domain.qualified(host, rule.namespace());
      hosts.put(rule.id(), qualified);
      var found = registry.find(rule.namespace(), Visibility.of(rule), host);
      if (found.isPresent()) {
        emptySubsets(rule, found.get().definedBy(), behind)
            .forEach(
                subset ->
                    observations.add(
                        observe(rule, subset, qualified, routed)
                            .with(found.get().definedBy().getFirst().id())));
      } else if (!registry.hasBelow(host)) {
        observations.add(
            Observation.of(
                    rule,
                    rule.field("spec.host").orElse(rule.root()),
                    "The host %s is unknown: no Service and no ServiceEntry provides it to %s."
                        .formatted(host, rule.namespace()))
                .code("IST0174")
                .severity(Severity.WARNING));
      }
    }
    return observations.stream()
        .map(o -> o.tie(Ties.host(hosts.getOrDefault(o.resource(), ""))))
        .toList();
  }

  private static List<Field> emptySubsets(
      Resource rule, List<Resource> definedBy, WorkloadsBehind behind) {
    return rule.fields("spec.subsets.*").stream()
        .filter(
            subset -> {
              var labels = subset.field("labels").map(Workloads::labels).orElse(Map.of());
              return !labels.isEmpty()
                  && definedBy.stream().noneMatch(host -> behind.mayHave(host, labels));
            })
        .toList();
  }

  private static Observation observe(
      Resource rule, Field subset, String host, RoutedSubsets routed) {
    var name = subset.text("name");
    var isUsed = routed.contains(host, name);
    return Observation.of(
            rule,
            subset.named("labels").orElse(subset),
            "No workload behind %s has the labels of the subset %s%s."
                .formatted(
                    rule.text("spec.host"),
                    name,
                    isUsed ? "" : ", which no VirtualService routes to"))
        .severity(isUsed ? Severity.ERROR : Severity.INFO);
  }
}
