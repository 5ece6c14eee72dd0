package io.bugreport.collector.resources;

import io.bugreport.collector.api.Failures;
import io.bugreport.collector.engine.Item;
import io.bugreport.collector.engine.Task;
import io.bugreport.collector.rights.Need;
import io.bugreport.collector.rights.Rights;
import io.bugreport.model.resource.Node;
import io.bugreport.model.snapshot.ItemId;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Predicate;

/// Looks for what serves the mesh outside of the namespaces that a run is about: gateways,
/// waypoints, ztunnels, CNI agents and control planes, by the labels that Istio's charts and the
/// Gateway API's controllers give their pods. Of those namespaces only these pods are kept.
final class MeshPodsElsewhere implements Task {
  /// Where looked-for pods are listed in a collection's items.
  static final String SOURCE = "mesh-pods";

  /// What each search finds, and its label selector. A gateway chart labels its pods `istio`, with
  /// the name of the gateway as the value.
  private static final Map<String, String> SEARCHES =
      Map.of(
          "gateways", "istio",
          "gateway-api", "gateway.networking.k8s.io/gateway-name",
          "ambient", "app=ztunnel",
          "cni", "k8s-app=istio-cni-node");

  private final ResourceTask.Setting setting;
  private final ResourceType pods;
  private final Predicate<Node.Mapping> servesMesh;
  private final ObjectListener seen;
  private final Set<String> known = new HashSet<>();
  private final SequencedMap<String, Item> items = new LinkedHashMap<>();

  /// Plans the searches.
  ///
  /// @param servesMesh whether a pod is one of those that are looked for
  /// @param seen told of each, once
  MeshPodsElsewhere(
      ResourceTask.Setting setting,
      ResourceType pods,
      Predicate<Node.Mapping> servesMesh,
      ObjectListener seen) {
    this.setting = setting;
    this.pods = pods;
    this.servesMesh = servesMesh;
    this.seen = seen;
    SEARCHES.keySet().stream()
        .sorted()
        .forEach(
            name -> {
              var id = new ItemId(setting.cluster(), SOURCE, List.of(name));
              items.put(name, setting.ledger().plan(id, null));
            });
  }

  Need need() {
    return setting.rights().need("", pods.group(), pods.plural(), "list");
  }

  @Override
  public void settle() {
    if (setting.rights().forbids("list", pods.group(), pods.plural(), "")) {
      var why = Rights.missing("list", pods.group(), pods.plural(), "");
      items.values().forEach(item -> item.finish(why));
    }
  }

  @Override
  public void run() throws IOException {
    settle();
    try (var files = ObjectFiles.oneForEachObject(setting.evidence(), setting.cluster(), pods)) {
      for (var search : items.entrySet()) {
        if (!search.getValue().isDone()) {
          search(search.getKey(), search.getValue(), files);
        }
      }
    }
  }

  private void search(String name, Item item, ObjectFiles files) throws IOException {
    var selector = SEARCHES.getOrDefault(name, "");
    var _ =
        new ResourceListing(
                setting.api(),
                pods,
                new ResourceListing.Part("", selector),
                item,
                setting.deadline(),
                this::isWanted,
                seen)
            .collect(files);
  }

  private boolean isWanted(ListedObject pod) {
    return setting.scope().looksOutsideInto(pod.namespace())
        && servesMesh.test(pod.content())
        && known.add(pod.key());
  }

  @Override
  public void fail(Exception failure) {
    items.values().forEach(item -> item.finish(Failures.nothing(failure)));
  }
}
