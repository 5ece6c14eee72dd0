package io.bugreport.model.snapshot;

import io.bugreport.model.archive.Layout;
import io.bugreport.model.endpoint.Endpoint;
import io.bugreport.model.endpoint.Server;
import io.bugreport.model.resource.Resource;
import io.bugreport.model.resource.ResourceKind;
import io.bugreport.model.snapshot.Importer.Reach;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.TreeSet;

/// What another tool's archive does not show. Such tools do not say what they asked for, so
/// whatever is not there is taken for not collected.
final class ImportGaps {
  private static final int NAMED = 5;

  private final String archive;
  private final Reach reach;
  private final Set<String> there = new HashSet<>();
  private final List<CollectedItem> items;

  /// By cluster, group and plural, the namespaces that a kind was found in; none for a kind that
  /// has no namespaces.
  private final Map<String, TreeSet<String>> namespacesOf = new HashMap<>();

  private ImportGaps(String tool, Reach reach, List<CollectedItem> found) {
    this.archive = "in this archive of " + tool;
    this.reach = reach;
    this.items = new ArrayList<>(found);
    for (var item : found) {
      there.add(item.id());
      var id = item.itemId();
      if (id.source().equals(ItemId.RESOURCES) && id.parts().size() >= 2) {
        var whole = ItemId.resources(id.cluster(), id.parts().get(0), id.parts().get(1));
        namespacesOf
            .computeIfAbsent(whole.toString(), _ -> new TreeSet<>())
            .addAll(id.parts().subList(2, id.parts().size()));
      }
    }
  }

  /// The items that are there, and those that are not.
  ///
  /// @param paths those of the archive as the tool wrote it
  static List<CollectedItem> items(
      Importer importer, SequencedSet<String> paths, ImportedFiles files, List<Cluster> clusters)
      throws IOException {
    var found = Inventory.of(files).stream().map(item -> marked(item, files)).toList();
    var gaps = new ImportGaps(importer.tool(), importer.reach(paths), found);
    for (var cluster : clusters) {
      gaps.addKinds(cluster);
      gaps.addAnswers(cluster);
    }
    return List.copyOf(gaps.items);
  }

  private static CollectedItem marked(CollectedItem item, ImportedFiles files) {
    var path = item.path();
    return Optional.ofNullable(path)
        .flatMap(files::mark)
        .map(
            mark ->
                new CollectedItem(
                    item.id(),
                    item.source(),
                    path,
                    mark.outcome(),
                    0,
                    item.bytes(),
                    0,
                    0,
                    0,
                    null,
                    mark.reason()))
        .orElse(item);
  }

  private void addKinds(Cluster cluster) {
    var all = new TreeSet<String>();
    objects(cluster, ResourceKind.NAMESPACE).forEach(namespace -> all.add(namespace.name()));
    for (var kind : ResourceKind.values()) {
      var item = ItemId.resources(cluster.name(), kind.group(), kind.plural());
      var seen = namespacesOf.get(item.toString());
      if (seen == null) {
        missing(item, "not " + archive);
      } else if (kind == ResourceKind.NAMESPACE) {
        addUnseenNamespaces(item, all, all);
      } else if (!seen.isEmpty()) {
        addUnseenNamespaces(item, seen, all);
      }
    }
  }

  /// Objects that cannot be read are a gap like those that are not there: the rest of the archive
  /// is read all the same.
  private List<Resource> objects(Cluster cluster, ResourceKind kind) {
    try {
      return cluster.all(kind);
    } catch (IOException e) {
      var item = ItemId.resources(cluster.name(), kind.group(), kind.plural());
      addIncomplete(item, "cannot be read: " + e.getMessage());
      return List.of();
    }
  }

  /// What was seen in some namespaces says nothing of the others.
  private void addUnseenNamespaces(ItemId item, Set<String> seen, Set<String> all) {
    switch (reach) {
      case ALL -> {}
      case SOME -> addIncomplete(item, "only of the namespaces " + names(seen) + " " + archive);
      case NAMED -> {
        var unseen = new TreeSet<>(all);
        unseen.removeAll(seen);
        if (!unseen.isEmpty()) {
          addIncomplete(item, "not of the namespaces " + names(unseen) + " " + archive);
        }
      }
    }
  }

  private static String names(Set<String> namespaces) {
    var shown = String.join(", ", namespaces.stream().limit(NAMED).toList());
    var more = namespaces.size() - NAMED;
    return more <= 0 ? shown : shown + " and " + more + (more == 1 ? " other" : " others");
  }

  /// Says of a kind that is there in part what is not there.
  private void addIncomplete(ItemId item, String reason) {
    items.removeIf(other -> other.id().equals(item.toString()));
    there.remove(item.toString());
    missing(item, reason);
  }

  /// Each container that runs a mesh server should have answered at each of its endpoints.
  private void addAnswers(Cluster cluster) {
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
    for (var pod : objects(cluster, ResourceKind.POD)) {
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
        missing(ItemId.answer(cluster, namespace, pod, container, endpoint), "not " + archive);
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

  private void missing(ItemId item, String reason) {
    var id = item.toString();
    if (there.add(id)) {
      items.add(
          new CollectedItem(id, item.source(), null, Outcome.SKIPPED, 0, 0, 0, 0, 0, null, reason));
    }
  }
}
