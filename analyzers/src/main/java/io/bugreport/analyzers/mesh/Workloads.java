package io.bugreport.analyzers.mesh;

import static io.bugreport.model.resource.ResourceKind.CRON_JOB;
import static io.bugreport.model.resource.ResourceKind.DAEMON_SET;
import static io.bugreport.model.resource.ResourceKind.DEPLOYMENT;
import static io.bugreport.model.resource.ResourceKind.JOB;
import static io.bugreport.model.resource.ResourceKind.STATEFUL_SET;
import static io.bugreport.model.resource.ResourceKind.WORKLOAD_ENTRY;
import static io.bugreport.model.resource.ResourceKind.WORKLOAD_GROUP;

import io.bugreport.model.check.Mesh;
import io.bugreport.model.resource.Field;
import io.bugreport.model.resource.Node;
import io.bugreport.model.resource.Resource;
import io.bugreport.model.resource.ResourceKind;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;

/// What selectors may mean although no pod of it runs now: workloads that are scaled to zero, jobs
/// between two runs, and virtual machines.
public final class Workloads {
  private final Map<String, Set<Map<String, String>>> byNamespace = new HashMap<>();

  private Workloads() {}

  /// All that the mesh has; the check declares Deployments, StatefulSets, DaemonSets, Jobs,
  /// CronJobs, WorkloadEntries and WorkloadGroups.
  public static Workloads of(Mesh mesh) throws IOException {
    return of(mesh, (_, _) -> true);
  }

  /// Those that meet a condition.
  ///
  /// @param condition on a workload and on the template of its pods; machines meet any
  public static Workloads of(Mesh mesh, BiPredicate<Resource, Field> condition) throws IOException {
    var workloads = new Workloads();
    for (var kind : new ResourceKind[] {DEPLOYMENT, STATEFUL_SET, DAEMON_SET, JOB, CRON_JOB}) {
      var path = kind == CRON_JOB ? "spec.jobTemplate.spec.template" : "spec.template";
      for (var workload : mesh.all(kind)) {
        workload
            .field(path)
            .filter(template -> condition.test(workload, template))
            .ifPresent(
                template ->
                    workloads.add(
                        workload,
                        template.field("metadata.labels").map(Workloads::labels).orElse(Map.of())));
      }
    }
    for (var entry : mesh.all(WORKLOAD_ENTRY)) {
      var labels = new HashMap<>(entry.labels());
      labels.putAll(entry.texts("spec.labels"));
      workloads.add(entry, labels);
    }
    for (var group : mesh.all(WORKLOAD_GROUP)) {
      var labels = new HashMap<>(group.texts("spec.metadata.labels"));
      labels.putAll(group.texts("spec.template.labels"));
      workloads.add(group, labels);
    }
    return workloads;
  }

  /// The labels of an object of labels.
  public static Map<String, String> labels(Field field) {
    var labels = new LinkedHashMap<String, String>();
    if (field.node() instanceof Node.Mapping mapping) {
      mapping
          .fields()
          .forEach(
              (name, value) -> {
                if (value instanceof Node.Scalar scalar) {
                  labels.put(name, scalar.text());
                }
              });
    }
    return labels;
  }

  private void add(Resource owner, Map<String, String> labels) {
    byNamespace.computeIfAbsent(owner.namespace(), _ -> new HashSet<>()).add(labels);
  }

  /// Whether a namespace has any.
  public boolean existIn(String namespace) {
    return byNamespace.containsKey(namespace);
  }

  /// Whether one of a namespace has all labels of a selector.
  public boolean haveLabels(String namespace, Map<String, String> selector) {
    return byNamespace.getOrDefault(namespace, Set.of()).stream()
        .anyMatch(labels -> labels.entrySet().containsAll(selector.entrySet()));
  }

  /// Whether one of any namespace has all labels of a selector.
  public boolean haveLabels(Map<String, String> selector) {
    return byNamespace.keySet().stream().anyMatch(namespace -> haveLabels(namespace, selector));
  }
}
