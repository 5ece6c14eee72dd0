package io.bugreport.analyzers.mesh;

import io.bugreport.model.resource.Field;
import io.bugreport.model.resource.Resource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/// The webhooks that put proxies into pods, and which of them serve a pod. Revisions and tags are
/// only labels: what counts is whether a webhook's selectors match.
///
/// Source: `MutatingWebhookConfiguration` of the Kubernetes API, and the webhooks of Istio's chart.
public final class Injectors {
  private static final String SUFFIX = "sidecar-injector.istio.io";

  private record Webhook(Resource owner, LabelSelector namespaces, LabelSelector objects) {}

  private final Map<String, List<Webhook>> byCluster = new HashMap<>();

  /// @param configurations all MutatingWebhookConfigurations
  public Injectors(Collection<Resource> configurations) {
    for (var configuration : configurations) {
      for (var webhook : configuration.fields("webhooks.*")) {
        if (isInjector(webhook)) {
          byCluster
              .computeIfAbsent(configuration.id().cluster(), _ -> new ArrayList<>())
              .add(
                  new Webhook(
                      configuration,
                      LabelSelector.of(webhook.field("namespaceSelector")),
                      LabelSelector.of(webhook.field("objectSelector"))));
        }
      }
    }
  }

  /// Whether a webhook is one of Istio's injector.
  public static boolean isInjector(Field webhook) {
    return webhook.text("name").endsWith(SUFFIX);
  }

  /// Whether a cluster has any injector.
  public boolean isIn(String cluster) {
    return byCluster.containsKey(cluster);
  }

  /// The configurations that a new pod is sent to, by name.
  ///
  /// @param labels the pod's labels
  public SequencedMap<String, Resource> serving(Resource namespace, Map<String, String> labels) {
    var serving = new TreeMap<String, Resource>();
    var ofNamespace = new HashMap<>(namespace.labels());
    // The API server sets it on every namespace; exported objects may lack it.
    ofNamespace.putIfAbsent("kubernetes.io/metadata.name", namespace.name());
    for (var webhook : byCluster.getOrDefault(namespace.id().cluster(), List.of())) {
      if (webhook.namespaces.selects(ofNamespace) && webhook.objects.selects(labels)) {
        serving.put(webhook.owner.name(), webhook.owner);
      }
    }
    return serving;
  }
}
