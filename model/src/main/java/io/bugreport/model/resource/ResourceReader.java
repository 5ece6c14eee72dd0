package io.bugreport.model.resource;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;

/// Finds the Kubernetes objects of a document: single ones, several documents in one file, and
/// lists.
public final class ResourceReader {
  private static final String LIST = "List";

  private ResourceReader() {}

  /// Hands over every object of a file.
  ///
  /// @param cluster the cluster they belong to
  /// @param path the file's path in the archive
  public static void read(String cluster, String path, InputStream in, Consumer<Resource> resources)
      throws IOException {
    DocumentReader.read(
        path, in, node -> unpack(cluster, new Field(path, "", node), "", "", resources));
  }

  private static void unpack(
      String cluster, Field root, String apiVersion, String kind, Consumer<Resource> resources) {
    var ownKind = root.text("kind");
    var items = root.named("items");
    if (items.isPresent() && (ownKind.endsWith(LIST) || ownKind.isEmpty())) {
      var itemKind =
          ownKind.endsWith(LIST) ? ownKind.substring(0, ownKind.length() - LIST.length()) : "";
      for (var item : items.get().children()) {
        unpack(cluster, item, root.text("apiVersion"), itemKind, resources);
      }
      return;
    }
    Resource.of(cluster, root, apiVersion, kind).ifPresent(resources);
  }
}
