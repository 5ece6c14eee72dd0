package io.bugreport.model.snapshot;

import io.bugreport.model.archive.ArchiveReader;
import io.bugreport.model.archive.Layout;
import io.bugreport.model.endpoint.Endpoint;
import io.bugreport.model.endpoint.Server;
import io.bugreport.model.resource.Resource;
import io.bugreport.model.resource.ResourceKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What another tool's archive does not show. Such tools do not say what they asked for, so
/// whatever is not there is taken for not collected.
final class ImportGaps {
  private final String reason;
  private final Set<String> there = new HashSet<>();
  private final List<CollectedItem> items;

  private ImportGaps(String tool, List<CollectedItem> found) {
    this.reason = "not in this archive of " + tool;
    this.items = new ArrayList<>(found);
    found.forEach(item -> there.add(item.id()));
  }

  /// The items that are there, and those that are not.
  static List<CollectedItem> items(String tool, ArchiveReader archive, List<Cluster> clusters)
      throws IOException {
    var gaps = new ImportGaps(tool, Inventory.of(archive));
    for (var cluster : clusters) {
      gaps.addKinds(cluster);
      gaps.addAnswers(cluster);
    }
    return List.copyOf(gaps.items);
  }

  private void addKinds(Cluster cluster) {
    for (var kind : ResourceKind.values()) {
      var item = ItemId.resources(cluster.name(), kind.group(), kind.plural());
      if (there.stream().noneMatch(id -> id.equals(item.toString()) || id.startsWith(item + "/"))) {
        missing(item);
      }
    }
  }

  /// Each container that runs a mesh server should have answered at each of its endpoints.
  private void addAnswers(Cluster cluster) throws IOException {
    var asked = new HashSet<String>();
    for (var path : cluster.files()) {
      Layout.containerFile(path)
          .ifPresent(
              file -> {
                for (var server : Server.values()) {
                  if (file.file().startsWith(server.folder() + "/")
                      && asked.add(file.namespace() + "/" + file.pod() + "/" + server)) {
                    addServer(
                        cluster.name(), file.namespace(), file.pod(), file.container(), server);
                  }
                }
              });
    }
    for (var pod : cluster.all(ResourceKind.POD)) {
      for (var container : containers(pod)) {
        for (var server : servers(pod, container)) {
          if (asked.add(pod.namespace() + "/" + pod.name() + "/" + server)) {
            addServer(cluster.name(), pod.namespace(), pod.name(), container, server);
          }
        }
      }
    }
  }

  private void addServer(
      String cluster, String namespace, String pod, String container, Server server) {
    for (var endpoint : Endpoint.of(server)) {
      if (!endpoint.isPerProxy()) {
        missing(ItemId.answer(cluster, namespace, pod, container, endpoint));
      }
    }
  }

  private static List<String> containers(Resource pod) {
    List<String> names = new ArrayList<>();
    for (var list : List.of("containers", "initContainers")) {
      for (var container : pod.fields("spec." + list + ".*")) {
        names.add(container.text("name"));
      }
    }
    return names;
  }

  private static List<Server> servers(Resource pod, String container) {
    return switch (container) {
      case "discovery" -> List.of(Server.ISTIOD);
      case "istio-proxy" ->
          pod.name().startsWith("ztunnel-")
              ? List.of(Server.ZTUNNEL)
              : List.of(Server.ENVOY, Server.AGENT);
      default -> List.of();
    };
  }

  private void missing(ItemId item) {
    var id = item.toString();
    if (there.add(id)) {
      items.add(
          new CollectedItem(id, item.source(), null, Outcome.SKIPPED, 0, 0, 0, 0, 0, null, reason));
    }
  }
}
