package io.bugreport.analyzers.installation;

import static io.bugreport.model.resource.ResourceKind.CONFIG_MAP;
import static io.bugreport.model.resource.ResourceKind.MUTATING_WEBHOOK;
import static io.bugreport.model.resource.ResourceKind.NAMESPACE;

import io.bugreport.analyzers.mesh.Injection;
import io.bugreport.analyzers.mesh.Injectors;
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

/// A namespace asks for proxies, and not exactly one injector serves it.
///
/// - `INS-05`: none does. The namespace names a revision or a tag that nothing knows, or the
///   injector's webhook is gone: new pods start without proxies.
/// - `INS-04`: several do. Several revisions claim the namespace, as a default tag beside an
///   injector without a revision: which one a pod gets is left to chance, or it gets both.
///
/// What counts is which webhooks' selectors match the namespace and a pod without labels of its
/// own. Ambient namespaces, and clusters without an injector of their own, are left alone.
///
/// ## Fix
///
/// See which revisions and tags there are, and choose one of them:
///
/// ```sh
/// istioctl tag list
/// kubectl get mutatingwebhookconfigurations -l app=sidecar-injector
/// kubectl label namespace NAMESPACE istio.io/rev=REVISION --overwrite
/// ```
///
/// Where two injectors take the same label, remove the one that is not wanted, such as a tag:
///
/// ```sh
/// istioctl tag remove default
/// ```
@Check(
    codes = {"INS-05", "INS-04"},
    title = "Namespace that not exactly one injector serves",
    severity = Severity.ERROR,
    resources = {NAMESPACE, MUTATING_WEBHOOK, CONFIG_MAP})
public final class InjectorOfNamespace implements Analyzer {
  private static final String VALUES = "istio-sidecar-injector";

  @Override
  public List<Observation> analyze(Mesh mesh) throws IOException {
    var injectors = new Injectors(mesh.all(MUTATING_WEBHOOK));
    Set<String> installed = new HashSet<>();
    for (var map : mesh.all(CONFIG_MAP)) {
      if (map.name().equals(VALUES) || map.name().startsWith(VALUES + "-")) {
        installed.add(map.id().cluster());
      }
    }
    List<Observation> observations = new ArrayList<>();
    for (var namespace : mesh.all(NAMESPACE)) {
      var cluster = namespace.id().cluster();
      var label = asking(namespace);
      if (label.isEmpty() || !(injectors.isIn(cluster) || installed.contains(cluster))) {
        continue;
      }
      var serving = injectors.serving(namespace, Map.of());
      if (serving.isEmpty()) {
        observations.add(
            Observation.of(
                namespace,
                "The namespace asks for proxies with %s, and no injector serves it: new pods get none."
                    .formatted(label)));
      } else if (serving.size() > 1) {
        var observation =
            Observation.of(
                    namespace,
                    "%d injectors serve the namespace with %s: %s."
                        .formatted(
                            serving.size(), label, String.join(", ", serving.sequencedKeySet())))
                .code("INS-04");
        for (var configuration : serving.values()) {
          observation = observation.with(configuration.id());
        }
        observations.add(observation);
      }
    }
    return observations;
  }

  /// How a namespace asks for proxies; empty where it does not.
  private static String asking(Resource namespace) {
    if (Injection.isAmbientNamespace(namespace)
        || namespace.labels().getOrDefault(Injection.DATAPLANE_MODE, "").equals("ambient")) {
      return "";
    }
    var injection = namespace.labels().getOrDefault(Injection.LABEL, "");
    var revision = namespace.labels().getOrDefault(Injection.REVISION, "");
    if (injection.equals("enabled")) {
      return Injection.LABEL
          + "=enabled"
          + (revision.isEmpty() ? "" : " and " + Injection.REVISION + "=" + revision);
    }
    return injection.isEmpty() && !revision.isEmpty() ? Injection.REVISION + "=" + revision : "";
  }
}
