package io.bugreport.analyzers.installation;

import static io.bugreport.model.resource.ResourceKind.MUTATING_WEBHOOK;
import static io.bugreport.model.resource.ResourceKind.SERVICE;

import io.bugreport.analyzers.mesh.Injection;
import io.bugreport.analyzers.mesh.Ties;
import io.bugreport.analyzers.mesh.Ties.Topic;
import io.bugreport.model.check.Analyzer;
import io.bugreport.model.check.Check;
import io.bugreport.model.check.Mesh;
import io.bugreport.model.check.Observation;
import io.bugreport.model.finding.Severity;
import io.bugreport.model.resource.Resource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// The webhooks that put proxies into pods contradict each other or lead nowhere. Where two of them
/// take the same pod, it gets its proxy twice, of two revisions in the worst case. Where one calls
/// a Service that does not exist, pods are refused, or start without a proxy if its `failurePolicy`
/// is `Ignore`.
///
/// All combinations of the labels are tried by which namespaces and pods ask for injection: with
/// `istio-injection`, `sidecar.istio.io/inject` and each known revision or tag. Other labels that a
/// selector may name are taken as absent. Webhooks that are called by URL are not looked for.
///
/// ## Fix
///
/// See who is there. After an upgrade by revisions, remove the old revision, and let exactly one
/// revision be the default:
///
/// ```sh
/// kubectl get mutatingwebhookconfigurations -L istio.io/rev,istio.io/tag
/// istioctl tag list
/// istioctl tag set default --revision REVISION --overwrite
/// ```
@Check(
    codes = "IST0139",
    title = "Injection webhooks in conflict or without a Service",
    severity = Severity.ERROR,
    resources = {MUTATING_WEBHOOK, SERVICE},
    istioctlAnalyzer = "webhook.Analyzer",
    follows = {"INS-02", "INS-03"})
public final class UnsoundInjectors implements Analyzer {

  @Override
  public List<Observation> analyze(Mesh mesh) throws IOException {
    Set<String> services = new HashSet<>();
    for (var service : mesh.all(SERVICE)) {
      services.add(key(service.id().cluster(), service.namespace(), service.name()));
    }
    Map<String, List<Injector>> byCluster = new TreeMap<>();
    for (var configuration : mesh.all(MUTATING_WEBHOOK)) {
      byCluster
          .computeIfAbsent(configuration.id().cluster(), _ -> new ArrayList<>())
          .addAll(Injector.of(configuration).toList());
    }
    List<Observation> observations = new ArrayList<>();
    for (var injectors : byCluster.values()) {
      addOverlaps(injectors, observations);
      addMissing(injectors, services, observations);
    }
    return Ties.about(Topic.WEBHOOKS, observations);
  }

  private static void addOverlaps(List<Injector> injectors, List<Observation> observations) {
    Map<Resource, Set<String>> others = new TreeMap<>(UnsoundInjectors::compare);
    var revisions = new TreeSet<String>();
    injectors.forEach(injector -> revisions.addAll(injector.revisions()));
    var ofPods = labels(Injection.POD, List.of("true", "false"), revisions);
    for (var ofNamespace : labels(Injection.LABEL, List.of("enabled", "disabled"), revisions)) {
      for (var ofPod : ofPods) {
        var taking = injectors.stream().filter(i -> i.takes(ofNamespace, ofPod)).toList();
        if (taking.size() > 1) {
          note(taking, others);
        }
      }
    }
    others.forEach(
        (configuration, names) ->
            observations.add(
                Observation.of(
                    configuration,
                    "It takes pods that are also taken by %s, so they are injected twice."
                        .formatted(String.join(", ", names)))));
  }

  private static void note(List<Injector> taking, Map<Resource, Set<String>> others) {
    for (var one : taking) {
      for (var other : taking) {
        if (!one.equals(other)) {
          others
              .computeIfAbsent(one.configuration(), _ -> new TreeSet<>())
              .add(
                  one.configuration().equals(other.configuration())
                      ? "its own webhook " + other.webhook().text("name")
                      : other.configuration().name());
        }
      }
    }
  }

  private static int compare(Resource one, Resource other) {
    return one.id().compareTo(other.id());
  }

  /// No label, either value of the label, and each of these with each revision.
  private static List<Map<String, String>> labels(
      String label, List<String> values, Set<String> revisions) {
    List<Map<String, String>> all = new ArrayList<>();
    all.add(Map.of());
    values.forEach(value -> all.add(Map.of(label, value)));
    for (var revision : revisions) {
      all.add(Map.of(Injection.REVISION, revision));
      values.forEach(value -> all.add(Map.of(label, value, Injection.REVISION, revision)));
    }
    return all;
  }

  private static void addMissing(
      List<Injector> injectors, Set<String> services, List<Observation> observations) {
    Set<String> said = new HashSet<>();
    for (var injector : injectors) {
      var service = injector.webhook().field("clientConfig.service");
      var configuration = injector.configuration();
      if (service.isPresent()) {
        var namespace = service.get().text("namespace");
        var name = service.get().text("name");
        if (!services.contains(key(configuration.id().cluster(), namespace, name))
            && said.add(configuration.name() + " " + namespace + "/" + name)) {
          observations.add(
              Observation.of(
                  configuration,
                  service.get(),
                  "It calls the Service %s/%s, which does not exist.".formatted(namespace, name)));
        }
      }
    }
  }

  private static String key(String cluster, String namespace, String name) {
    return cluster + "/" + namespace + "/" + name;
  }
}
