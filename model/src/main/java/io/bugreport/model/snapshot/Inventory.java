package io.bugreport.model.snapshot;

import io.bugreport.model.archive.ArchiveReader;
import io.bugreport.model.archive.Layout;
import io.bugreport.model.archive.Layout.Run;
import io.bugreport.model.endpoint.Endpoint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The items that an archive without `collection.jsonl` holds, read off its paths.
public final class Inventory {
  private Inventory() {}

  /// One item for each that is there, sorted by id. What is not there is not in the list.
  public static List<CollectedItem> of(ArchiveReader archive) throws IOException {
    Map<String, Found> found = new TreeMap<>();
    for (var path : archive.paths()) {
      var id = item(path);
      if (id.isPresent()) {
        found.merge(
            id.get().toString(),
            new Found(id.get(), path, archive.size(path), 1),
            (one, other) ->
                new Found(one.id, one.path, one.bytes + other.bytes, one.files + other.files));
      }
    }
    List<CollectedItem> items = new ArrayList<>();
    found.forEach((_, each) -> items.add(each.item()));
    return items;
  }

  private record Found(ItemId id, String path, long bytes, int files) {
    CollectedItem item() {
      var pattern = files == 1 ? path : path.substring(0, path.lastIndexOf('/') + 1) + "*.yaml";
      return new CollectedItem(
          id.toString(), id.source(), pattern, Outcome.OK, 0, bytes, 0, 0, 0, null, null);
    }
  }

  private static Optional<ItemId> item(String path) {
    var file = Layout.containerFile(path);
    if (file.isPresent()) {
      return answer(file.get()).or(() -> log(file.get()));
    }
    var objects = Layout.objectFile(path);
    if (objects.isPresent()) {
      var o = objects.get();
      return Optional.of(
          o.namespace().isEmpty()
              ? ItemId.resources(o.cluster(), o.group(), o.plural())
              : ItemId.resources(o.cluster(), o.group(), o.plural(), o.namespace()));
    }
    return Layout.clusterOf(path)
        .flatMap(
            cluster ->
                path.equals(Layout.version(cluster))
                    ? Optional.of(ItemId.single(cluster, "version"))
                    : path.equals(Layout.discovery(cluster))
                        ? Optional.of(ItemId.single(cluster, "discovery"))
                        : Optional.empty());
  }

  private static Optional<ItemId> log(Layout.ContainerFile file) {
    for (var run : Run.values()) {
      if (file.file().equals(Layout.segment(file.container()) + "/logs/" + run.word() + ".log")) {
        return Optional.of(
            ItemId.log(file.cluster(), file.namespace(), file.pod(), file.container(), run));
      }
    }
    return Optional.empty();
  }

  private static Optional<ItemId> answer(Layout.ContainerFile file) {
    for (var endpoint : Endpoint.values()) {
      if (endpoint.isPerProxy()) {
        var proxy = endpoint.proxyOf(file.file());
        if (proxy.isPresent()) {
          return Optional.of(
              ItemId.answer(
                  file.cluster(),
                  file.namespace(),
                  file.pod(),
                  file.container(),
                  endpoint,
                  proxy.get()));
        }
      } else if (endpoint.file().equals(file.file())) {
        return Optional.of(
            ItemId.answer(
                file.cluster(), file.namespace(), file.pod(), file.container(), endpoint));
      }
    }
    return Optional.empty();
  }
}
