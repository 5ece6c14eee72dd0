package io.bugreport.analyzers.installation;

import static io.bugreport.model.resource.ResourceKind.DEPLOYMENT;
import static io.bugreport.model.resource.ResourceKind.MUTATING_WEBHOOK;
import static io.bugreport.model.resource.ResourceKind.NAMESPACE;
import static io.bugreport.model.resource.ResourceKind.POD;

import io.bugreport.analyzers.mesh.ControlPlane;
import io.bugreport.analyzers.mesh.Injectors;
import io.bugreport.model.check.Analyzer;
import io.bugreport.model.check.Check;
import io.bugreport.model.check.Mesh;
import io.bugreport.model.check.Observation;
import io.bugreport.model.finding.Severity;
import io.bugreport.model.resource.DocumentReader;
import io.bugreport.model.resource.Field;
import io.bugreport.model.resource.Node;
import io.bugreport.model.resource.Resource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Pods have proxies of a revision that is not the one of their namespace.
///
/// - No istiod of that revision is left: nobody sends these proxies configuration or renews their
///   certificates. They go on with what they have until the certificates expire, within a day.
/// - The namespace has moved to another revision since: worth knowing during an upgrade by canary.
///   These pods follow when they are created anew.
///
/// Clusters without an istiod are left alone: theirs is in another cluster.
///
/// ## Fix
///
/// Create the pods anew, so that they get the proxy of the revision their namespace names:
///
/// ```sh
/// istioctl proxy-status
/// kubectl -n NAMESPACE rollout restart deployment
/// ```
@Check(
    codes = "INS-06",
    title = "Proxies of another revision than their namespace's",
    severity = Severity.ERROR,
    resources = {POD, NAMESPACE, DEPLOYMENT, MUTATING_WEBHOOK})
public final class OrphanedProxies implements Analyzer {
  private static final String STATUS = "sidecar.istio.io/status";

  private record Group(String cluster, String namespace, String revision, boolean orphaned) {}

  @Override
  public List<Observation> analyze(Mesh mesh) throws IOException {
    var controlPlane = ControlPlane.of(mesh.all(DEPLOYMENT));
    var injectors = new Injectors(mesh.all(MUTATING_WEBHOOK));
    Map<Group, List<Resource>> groups = new LinkedHashMap<>();
    Map<Group, String> wanted = new HashMap<>();
    Map<String, Resource> namespaces = new HashMap<>();
    for (var namespace : mesh.all(NAMESPACE)) {
      namespaces.put(namespace.id().cluster() + "/" + namespace.name(), namespace);
    }
    for (var pod : mesh.all(POD)) {
      var cluster = pod.id().cluster();
      var revision = revision(pod);
      var known = controlPlane.revisions(cluster);
      if (revision.isEmpty() || known.isEmpty() || hasEnded(pod)) {
        continue;
      }
      var orphaned = !known.contains(revision);
      var now = servedBy(injectors, namespaces.get(cluster + "/" + pod.namespace()));
      if (orphaned || (!now.isEmpty() && !now.equals(revision))) {
        var group = new Group(cluster, pod.namespace(), revision, orphaned);
        groups.computeIfAbsent(group, _ -> new ArrayList<>()).add(pod);
        wanted.put(group, now);
      }
    }
    List<Observation> observations = new ArrayList<>();
    groups.forEach(
        (group, pods) ->
            observations.add(observation(group, pods, wanted.getOrDefault(group, ""))));
    return observations;
  }

  private static boolean hasEnded(Resource pod) {
    var phase = pod.text("status.phase");
    return phase.equals("Succeeded") || phase.equals("Failed");
  }

  /// The revision whose injector serves a namespace; empty where it is not exactly one.
  private static String servedBy(Injectors injectors, @Nullable Resource namespace) {
    if (namespace == null) {
      return "";
    }
    var serving = injectors.serving(namespace, Map.of()).values();
    return serving.size() == 1
        ? serving.iterator().next().labels().getOrDefault("istio.io/rev", "")
        : "";
  }

  /// The revision that injected a pod's proxy, which the injector writes into an annotation.
  private static String revision(Resource pod) {
    var status = pod.annotations().getOrDefault(STATUS, "");
    if (!status.contains("revision")) {
      return "";
    }
    var root = new AtomicReference<@Nullable Node>();
    try {
      DocumentReader.read(
          STATUS, new ByteArrayInputStream(status.getBytes(StandardCharsets.UTF_8)), root::set);
    } catch (IOException _) {
      return ""; // written by hand
    }
    var node = root.get();
    return node == null ? "" : new Field(STATUS, "", node).text("revision");
  }

  private static Observation observation(Group group, List<Resource> pods, String now) {
    var count =
        pods.size() == 1
            ? "The pod has a proxy"
            : pods.size() + " pods of the namespace have proxies";
    var observation =
        Observation.of(
            pods.getFirst(),
            group.orphaned()
                ? "%s of the revision %s, and no istiod of that revision is left: nobody configures them or renews their certificates."
                    .formatted(count, group.revision())
                : "%s of the revision %s, and the namespace has moved to %s."
                    .formatted(count, group.revision(), now));
    for (var other : pods.subList(1, Math.min(pods.size(), 10))) {
      observation = observation.with(other.id());
    }
    return group.orphaned() ? observation : observation.severity(Severity.INFO);
  }
}
