package io.bugreport.app.serve.api;

import io.bugreport.model.archive.Layout;
import io.bugreport.model.resource.DocumentException;
import io.bugreport.model.resource.DocumentReader;
import io.bugreport.model.snapshot.Cluster;
import io.bugreport.model.snapshot.Snapshot;
import java.io.IOException;
import java.lang.ref.SoftReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The objects of one cluster as they are in its files, of every kind, with the types of all
/// values. A kind is read when it is first asked for, and kept as long as there is memory for it.
final class StoredObjects {
  /// What was found of a kind.
  ///
  /// @param objects sorted by namespace and name; they must not be changed
  /// @param problems files that could not be read, and why
  record Found(List<ObjectNode> objects, List<String> problems) {
    Found {
      objects = List.copyOf(objects);
      problems = List.copyOf(problems);
    }
  }

  private final Snapshot snapshot;
  private final Map<ObjectType, List<String>> files = new TreeMap<>();
  private final Map<ObjectType, List<ObjectNode>> loose = new TreeMap<>();
  private final List<String> looseProblems = new ArrayList<>();
  private final Map<ObjectType, SoftReference<Found>> read = new HashMap<>();

  StoredObjects(Snapshot snapshot, Cluster cluster) throws IOException {
    this.snapshot = snapshot;
    var pods = new ObjectType("", "pods");
    var listed = new HashSet<String>();
    for (var path : cluster.files()) {
      var file = Layout.objectFile(path);
      if (file.isPresent()) {
        var type = new ObjectType(file.get().group(), file.get().plural());
        files.computeIfAbsent(type, _ -> new ArrayList<>()).add(path);
        if (type.equals(pods)) {
          listed.add(file.get().namespace());
        }
      } else if (Layout.clusterOf(path).isEmpty()) {
        readLoose(path);
      }
    }
    for (var path : cluster.files()) {
      if (Layout.podFile(path).filter(namespace -> !listed.contains(namespace)).isPresent()) {
        files.computeIfAbsent(pods, _ -> new ArrayList<>()).add(path);
      }
    }
  }

  private void readLoose(String path) {
    try {
      read(
          path,
          object ->
              loose
                  .computeIfAbsent(BuiltInKinds.typeOf(object), _ -> new ArrayList<>())
                  .add(object));
    } catch (IOException e) {
      looseProblems.add(String.valueOf(e.getMessage()));
    }
  }

  /// The kinds that have files.
  SequencedSet<ObjectType> types() {
    var types = new TreeSet<>(files.keySet());
    types.addAll(loose.keySet());
    return types;
  }

  /// All objects of a kind.
  synchronized Found all(ObjectType type) {
    var reference = read.get(type);
    var known = reference == null ? null : reference.get();
    if (known == null) {
      known = readAll(type);
      read.put(type, new SoftReference<>(known));
    }
    return known;
  }

  /// The object of this name, or null.
  @Nullable ObjectNode find(ObjectType type, String namespace, String name) {
    for (var object : all(type).objects()) {
      if (name(object).equals(name) && namespace(object).equals(namespace)) {
        return object;
      }
    }
    return null;
  }

  private Found readAll(ObjectType type) {
    Map<String, ObjectNode> objects = new TreeMap<>();
    Consumer<ObjectNode> keep = object -> objects.putIfAbsent(key(object), object);
    List<String> problems = new ArrayList<>(looseProblems);
    for (var path : files.getOrDefault(type, List.of())) {
      try {
        read(path, keep);
      } catch (IOException e) {
        problems.add(String.valueOf(e.getMessage()));
      }
    }
    loose.getOrDefault(type, List.of()).forEach(keep);
    return new Found(List.copyOf(objects.values()), problems);
  }

  private void read(String path, Consumer<ObjectNode> objects) throws IOException {
    try (var in = snapshot.archive().open(path);
        var parser = path.endsWith(".json") ? DocumentReader.json(in) : DocumentReader.yaml(in)) {
      while (parser.nextToken() != null) {
        unpack(JsonText.MAPPER.readTree(parser), "", "", objects);
      }
    } catch (JacksonException e) {
      throw DocumentException.of(path, e);
    }
  }

  /// Items of a list say neither version nor kind where a real server wrote it: the list does.
  private static void unpack(
      @Nullable JsonNode node, String apiVersion, String kind, Consumer<ObjectNode> objects) {
    if (!(node instanceof ObjectNode object)) {
      return;
    }
    var ownKind = JsonText.text(object, "kind");
    var items = object.path("items");
    if (items.isArray() && (ownKind.isEmpty() || ownKind.endsWith("List"))) {
      var itemKind = ownKind.isEmpty() ? "" : ownKind.substring(0, ownKind.length() - 4);
      for (var item : items) {
        unpack(item, JsonText.text(object, "apiVersion"), itemKind, objects);
      }
      return;
    }
    if (name(object).isEmpty()) {
      return;
    }
    var complete = JsonText.MAPPER.createObjectNode();
    complete.put("apiVersion", orElse(JsonText.text(object, "apiVersion"), apiVersion));
    complete.put("kind", orElse(ownKind, kind));
    for (var field : object.properties()) {
      if (!complete.has(field.getKey())) {
        complete.set(field.getKey(), field.getValue());
      }
    }
    objects.accept(complete);
  }

  private static String orElse(String text, String fallback) {
    return text.isEmpty() ? fallback : text;
  }

  static String name(JsonNode object) {
    return JsonText.text(object, "metadata", "name");
  }

  static String namespace(JsonNode object) {
    return JsonText.text(object, "metadata", "namespace");
  }

  /// What objects are sorted by.
  static String key(JsonNode object) {
    return namespace(object) + "/" + name(object);
  }
}
