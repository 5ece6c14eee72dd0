package io.bugreport.analyzers.security;

import static io.bugreport.model.resource.ResourceKind.AUTHORIZATION_POLICY;
import static io.bugreport.model.resource.ResourceKind.CONFIG_MAP;
import static io.bugreport.model.resource.ResourceKind.CRON_JOB;
import static io.bugreport.model.resource.ResourceKind.DAEMON_SET;
import static io.bugreport.model.resource.ResourceKind.DEPLOYMENT;
import static io.bugreport.model.resource.ResourceKind.JOB;
import static io.bugreport.model.resource.ResourceKind.NAMESPACE;
import static io.bugreport.model.resource.ResourceKind.POD;
import static io.bugreport.model.resource.ResourceKind.STATEFUL_SET;
import static io.bugreport.model.resource.ResourceKind.WORKLOAD_ENTRY;
import static io.bugreport.model.resource.ResourceKind.WORKLOAD_GROUP;

import io.bugreport.analyzers.mesh.Injection;
import io.bugreport.analyzers.mesh.MeshConfig;
import io.bugreport.analyzers.mesh.PodIndex;
import io.bugreport.analyzers.mesh.Workloads;
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
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// An `AuthorizationPolicy` applies to no workload of the mesh (IST0127), so what it was to protect
/// is open, or it names a namespace that does not exist (IST0101), so callers it was to let in are
/// refused.
///
/// Counted are the workloads that are in the mesh, by sidecar or ambient: pods, what is scaled to
/// zero, jobs, and virtual machines; istioctl knows only pods, and none that a revision's label put
/// into the mesh. Policies of the root namespace apply to all namespaces. Those with `targetRefs`
/// apply to what they name and are not judged, though istioctl takes them for ones of the whole
/// namespace.
///
/// ## Fix
///
/// ```sh
/// kubectl -n NAMESPACE get pods --show-labels
/// kubectl get namespaces
/// ```
///
/// Correct the selector, the policy's namespace, or the name of the namespace in the rule. If the
/// pods are there, see whether they are in the mesh.
@Check(
    codes = {"IST0127", "IST0101"},
    title = "Authorization policy for no workload or from no namespace",
    severity = Severity.WARNING,
    resources = {
      AUTHORIZATION_POLICY,
      POD,
      NAMESPACE,
      CONFIG_MAP,
      DEPLOYMENT,
      STATEFUL_SET,
      DAEMON_SET,
      JOB,
      CRON_JOB,
      WORKLOAD_ENTRY,
      WORKLOAD_GROUP
    },
    istioctlAnalyzer = "auth.AuthorizationPoliciesAnalyzer")
public final class PolicyWithoutWorkload implements Analyzer {

  @Override
  public List<Observation> analyze(Mesh mesh) throws IOException {
    var root = MeshConfig.of(mesh.all(CONFIG_MAP)).rootNamespace();
    var injection = new Injection(mesh.all(NAMESPACE));
    var pods = new PodIndex(mesh.all(POD).stream().filter(injection::takesPart).toList());
    var workloads = Workloads.of(mesh, injection::takesPart);
    Set<String> namespaces = new TreeSet<>();
    mesh.all(NAMESPACE).forEach(n -> namespaces.add(n.name().toLowerCase(Locale.ROOT)));
    List<Observation> observations = new ArrayList<>();
    for (var policy : mesh.all(AUTHORIZATION_POLICY)) {
      if (policy.field("spec.targetRef").isEmpty()
          && policy.fields("spec.targetRefs.*").isEmpty()) {
        judgeSelector(policy, policy.namespace().equals(root), pods, workloads, observations);
      }
      for (var name : List.of("namespaces", "notNamespaces")) {
        for (var pattern : policy.fields("spec.rules.*.from.*.source." + name + ".*")) {
          if (namespaces.stream().noneMatch(n -> matches(pattern.text(), n))) {
            observations.add(unknownNamespace(policy, pattern));
          }
        }
      }
    }
    return observations;
  }

  private static void judgeSelector(
      Resource policy,
      boolean isMeshWide,
      PodIndex pods,
      Workloads workloads,
      List<Observation> observations) {
    Map<String, String> selector = policy.texts("spec.selector.matchLabels");
    if (isMeshWide) {
      if (!selector.isEmpty()
          && pods.selected(selector).isEmpty()
          && !workloads.haveLabels(selector)) {
        observations.add(
            Observation.of(
                policy,
                policy.field("spec.selector.matchLabels").orElse(policy.root()),
                "No workload of the mesh has the labels of its selector."));
      }
    } else if (pods.selected(policy.namespace(), selector).isEmpty()
        && !workloads.haveLabels(policy.namespace(), selector)) {
      observations.add(
          selector.isEmpty()
              ? Observation.of(policy, "Its namespace has no workload in the mesh.")
              : Observation.of(
                  policy,
                  policy.field("spec.selector.matchLabels").orElse(policy.root()),
                  "No workload of its namespace that is in the mesh has the labels of its selector."));
    }
  }

  /// Whether a pattern with an asterisk at either end, or the name itself, fits a namespace.
  private static boolean matches(String pattern, String namespace) {
    var text = pattern.toLowerCase(Locale.ROOT);
    if (text.equals("*")) {
      return true;
    }
    if (text.startsWith("*")) {
      return namespace.endsWith(text.substring(1));
    }
    return text.endsWith("*")
        ? namespace.startsWith(text.substring(0, text.length() - 1))
        : namespace.equals(text);
  }

  private static Observation unknownNamespace(Resource policy, Field pattern) {
    return Observation.of(policy, pattern, "No namespace is called %s.".formatted(pattern.text()))
        .code("IST0101")
        .severity(Severity.ERROR);
  }
}
