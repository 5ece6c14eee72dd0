package io.bugreport.analyzers.routing;

import static io.bugreport.model.resource.ResourceKind.CONFIG_MAP;
import static io.bugreport.model.resource.ResourceKind.CRON_JOB;
import static io.bugreport.model.resource.ResourceKind.DAEMON_SET;
import static io.bugreport.model.resource.ResourceKind.DEPLOYMENT;
import static io.bugreport.model.resource.ResourceKind.JOB;
import static io.bugreport.model.resource.ResourceKind.POD;
import static io.bugreport.model.resource.ResourceKind.SERVICE;
import static io.bugreport.model.resource.ResourceKind.STATEFUL_SET;
import static io.bugreport.model.resource.ResourceKind.WORKLOAD_ENTRY;
import static io.bugreport.model.resource.ResourceKind.WORKLOAD_GROUP;

import io.bugreport.analyzers.mesh.ClusterDomain;
import io.bugreport.analyzers.mesh.PodIndex;
import io.bugreport.analyzers.mesh.Ties;
import io.bugreport.analyzers.mesh.Workloads;
import io.bugreport.model.check.Analyzer;
import io.bugreport.model.check.Check;
import io.bugreport.model.check.Mesh;
import io.bugreport.model.check.Observation;
import io.bugreport.model.finding.Severity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// A Service that leads to nothing: its selector has labels that no workload of its namespace has,
/// or its `targetPort` is a name that no container of its pods gives to a port. It has no
/// endpoints, and requests to it fail with `503 UH` (no healthy upstream).
///
/// Services that are scaled to zero, those without a selector, and headless ones are left alone. So
/// is one in a namespace without any workload: what it is for may come.
///
/// ## Fix
///
/// ```sh
/// kubectl -n NAMESPACE get service NAME -o yaml
/// kubectl -n NAMESPACE get pods --show-labels
/// kubectl -n NAMESPACE get pods -o jsonpath='{..containers[*].ports}'
/// ```
@Check(
    codes = "ENV-31",
    title = "Service that leads to no workload",
    severity = Severity.WARNING,
    resources = {
      SERVICE,
      POD,
      DEPLOYMENT,
      STATEFUL_SET,
      DAEMON_SET,
      JOB,
      CRON_JOB,
      WORKLOAD_ENTRY,
      WORKLOAD_GROUP,
      CONFIG_MAP
    })
public final class ServiceWithoutWorkload implements Analyzer {

  @Override
  public List<Observation> analyze(Mesh mesh) throws IOException {
    var domain = ClusterDomain.of(mesh.all(CONFIG_MAP));
    var workloads = Workloads.of(mesh);
    var pods = new PodIndex(mesh.all(POD));
    List<Observation> observations = new ArrayList<>();
    for (var service : mesh.all(SERVICE)) {
      var selector = service.texts("spec.selector");
      if (selector.isEmpty()
          || service.text("spec.clusterIP").equals("None")
          || service.text("spec.type").equals("ExternalName")) {
        continue;
      }
      var tie = Ties.host(domain.ofService(service.name(), service.namespace()));
      var behind =
          pods.selected(service.namespace(), selector).stream()
              .filter(p -> p.id().cluster().equals(service.id().cluster()))
              .toList();
      if (behind.isEmpty()) {
        var any =
            workloads.existIn(service.namespace())
                || !pods.selected(service.namespace(), Map.of()).isEmpty();
        if (any && !workloads.haveLabels(service.namespace(), selector)) {
          observations.add(
              Observation.of(
                      service,
                      service.field("spec.selector").orElse(service.root()),
                      "Its selector (%s) is of no workload of its namespace: it has no endpoints."
                          .formatted(text(selector)))
                  .tie(tie));
        }
        continue;
      }
      Set<String> names = new HashSet<>();
      behind.forEach(
          p ->
              List.of("spec.containers.*.ports.*.name", "spec.initContainers.*.ports.*.name")
                  .forEach(path -> p.fields(path).forEach(f -> names.add(f.text()))));
      for (var port : service.fields("spec.ports.*.targetPort")) {
        if (port.number().isEmpty() && !port.text().isEmpty() && !names.contains(port.text())) {
          observations.add(
              Observation.of(
                      service,
                      port,
                      "Its targetPort %s is no port of its pods%s: the port has no endpoints."
                          .formatted(
                              port.text(),
                              names.isEmpty()
                                  ? ""
                                  : ", which have " + String.join(", ", new TreeSet<>(names))))
                  .severity(Severity.ERROR)
                  .tie(tie));
        }
      }
    }
    return observations;
  }

  private static String text(Map<String, String> selector) {
    var parts = new TreeSet<String>();
    selector.forEach((name, value) -> parts.add(name + "=" + value));
    return String.join(", ", parts);
  }
}
