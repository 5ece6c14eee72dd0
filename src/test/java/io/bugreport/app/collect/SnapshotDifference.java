package io.bugreport.app.collect;

import io.bugreport.model.archive.Layout;
import io.bugreport.model.resource.DocumentReader;
import io.bugreport.model.resource.Node;
import io.bugreport.model.snapshot.CollectedItem;
import io.bugreport.model.snapshot.Snapshot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Says in words where two snapshots differ: objects by their content, all other files byte by
/// byte, items by what came of them. Times of the runs themselves do not count.
final class SnapshotDifference {
  private SnapshotDifference() {}

  /// @param ignored paths that may differ
  static List<String> between(Snapshot left, Snapshot right, Predicate<String> ignored)
      throws IOException {
    List<String> differences = new ArrayList<>();
    var paths = new TreeSet<>(left.archive().paths());
    paths.addAll(right.archive().paths());
    for (var path : paths) {
      if (isAboutTheRun(path) || ignored.test(path)) {
        continue;
      }
      if (!left.archive().has(path)) {
        differences.add("only in the second: " + path);
      } else if (!right.archive().has(path)) {
        differences.add("only in the first: " + path);
      } else if (isObjects(path)) {
        compareDocuments(left, right, path, differences);
      } else if (!bytes(left, path).equals(bytes(right, path))) {
        differences.add("other bytes: " + path);
      }
    }
    compareItems(left, right, differences);
    return differences;
  }

  private static boolean isAboutTheRun(String path) {
    return Layout.isOurs(path) || path.endsWith("/timestamp") || path.endsWith(".sarif");
  }

  private static boolean isObjects(String path) {
    return Layout.objectFile(path).isPresent()
        || Layout.podFile(path).isPresent()
        || path.endsWith("/discovery.json")
        || path.endsWith("/version.json");
  }

  private static String bytes(Snapshot snapshot, String path) throws IOException {
    try (var in = snapshot.archive().open(path)) {
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  private static void compareDocuments(
      Snapshot left, Snapshot right, String path, List<String> differences) throws IOException {
    var first = documents(left, path);
    var second = documents(right, path);
    if (!first.equals(second)) {
      differences.add("other content: " + path + firstDifference(first, second, ""));
    }
  }

  private static List<Object> documents(Snapshot snapshot, String path) throws IOException {
    List<Object> documents = new ArrayList<>();
    try (var in = snapshot.archive().open(path)) {
      DocumentReader.read(path, in, node -> documents.add(plain(node)));
    }
    return documents;
  }

  /// A node without its place.
  private static Object plain(Node node) {
    return switch (node) {
      case Node.Mapping mapping -> {
        Map<String, Object> fields = new TreeMap<>();
        mapping.fields().forEach((name, value) -> fields.put(name, plain(value)));
        yield fields;
      }
      case Node.Sequence sequence ->
          sequence.items().stream().map(SnapshotDifference::plain).toList();
      case Node.Scalar scalar -> scalar.type() + " " + scalar.text();
    };
  }

  private static String firstDifference(@Nullable Object left, @Nullable Object right, String at) {
    if (left instanceof Map<?, ?> a && right instanceof Map<?, ?> b) {
      var keys = new TreeSet<String>();
      a.keySet().forEach(key -> keys.add(String.valueOf(key)));
      b.keySet().forEach(key -> keys.add(String.valueOf(key)));
      for (var key : keys) {
        if (!Objects.equals(a.get(key), b.get(key))) {
          return firstDifference(a.get(key), b.get(key), at + "." + key);
        }
      }
    }
    if (left instanceof List<?> a && right instanceof List<?> b && a.size() == b.size()) {
      for (var i = 0; i < a.size(); i++) {
        if (!Objects.equals(a.get(i), b.get(i))) {
          return firstDifference(a.get(i), b.get(i), at + "[" + i + "]");
        }
      }
    }
    return " at " + at + ": " + shortened(left) + " / " + shortened(right);
  }

  private static String shortened(@Nullable Object value) {
    var text = String.valueOf(value);
    return text.length() <= 160 ? text : text.substring(0, 160) + "…";
  }

  private static void compareItems(Snapshot left, Snapshot right, List<String> differences) {
    var first = items(left);
    var second = items(right);
    var ids = new TreeSet<>(first.keySet());
    ids.addAll(second.keySet());
    for (var id : ids) {
      if (!Objects.equals(first.get(id), second.get(id))) {
        differences.add("item " + id + ": " + first.get(id) + " / " + second.get(id));
      }
    }
  }

  private static Map<String, String> items(Snapshot snapshot) {
    Map<String, String> items = new TreeMap<>();
    for (CollectedItem item : snapshot.items()) {
      items.put(item.id(), item.outcome().word() + ", " + item.count() + " objects");
    }
    return items;
  }
}
