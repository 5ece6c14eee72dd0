package io.bugreport.analyzers.installation;

import io.bugreport.analyzers.mesh.Injection;
import io.bugreport.analyzers.mesh.LabelSelector;
import io.bugreport.model.resource.Field;
import io.bugreport.model.resource.Resource;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// One webhook that puts proxies into pods.
///
/// @param configuration what it is part of
/// @param webhook its entry there
record Injector(Resource configuration, Field webhook) {

  /// The webhooks of a configuration, where it is one of Istio's.
  static Stream<Injector> of(Resource configuration) {
    var webhooks = configuration.fields("webhooks.*");
    var isOfIstio =
        configuration.labels().containsKey(Injection.REVISION)
            || webhooks.stream()
                .anyMatch(w -> w.text("name").endsWith("istio.io") || selectsByRevision(w));
    return isOfIstio
        ? webhooks.stream().map(webhook -> new Injector(configuration, webhook))
        : Stream.empty();
  }

  private static boolean selectsByRevision(Field webhook) {
    return !revisions(webhook).isEmpty();
  }

  boolean takes(Map<String, String> namespaceLabels, Map<String, String> podLabels) {
    return LabelSelector.matches(webhook, "namespaceSelector", namespaceLabels)
        && LabelSelector.matches(webhook, "objectSelector", podLabels);
  }

  /// The revisions and tags that it speaks of.
  Set<String> revisions() {
    var all = revisions(webhook);
    var own = configuration.labels().get(Injection.REVISION);
    if (own != null) {
      all.add(own);
    }
    return all;
  }

  private static Set<String> revisions(Field webhook) {
    var all = new TreeSet<String>();
    for (var name : new String[] {"namespaceSelector", "objectSelector"}) {
      webhook
          .field(name + ".matchLabels")
          .flatMap(labels -> labels.named(Injection.REVISION))
          .ifPresent(revision -> all.add(revision.text()));
      webhook.fields(name + ".matchExpressions.*").stream()
          .filter(expression -> expression.text("key").equals(Injection.REVISION))
          .flatMap(expression -> expression.fields("values.*").stream())
          .forEach(revision -> all.add(revision.text()));
    }
    return all;
  }
}
