package io.bugreport.collector.resources;

import io.bugreport.collector.api.ApiServer;
import io.bugreport.collector.api.Failures;
import io.bugreport.collector.engine.Deadline;
import io.bugreport.collector.engine.Item;
import io.bugreport.model.resource.DocumentReader;
import io.bugreport.model.resource.Field;
import io.bugreport.model.resource.Node;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;

/// What an API server serves, as one `APIGroupDiscoveryList` (apidiscovery.k8s.io/v2) that holds
/// the core group, under the name "", and all others. Servers before Kubernetes 1.30 answer v2beta1
/// of it, which has the same shape; before 1.26 each group's version is asked for by itself.
final class Discovery {
  private static final String AGGREGATED =
      "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,"
          + "application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,"
          + "application/json";

  private final ApiServer api;
  private final Item item;
  private final Supplier<Deadline> deadline;
  private final List<Node> groups = new ArrayList<>();
  private final SequencedMap<String, Exception> unavailable = new LinkedHashMap<>();
  private long bytes;

  Discovery(ApiServer api, Item item, Supplier<Deadline> deadline) {
    this.api = api;
    this.item = item;
    this.deadline = deadline;
  }

  /// Asks the server. Groups that it cannot tell of are left to [#unavailable()].
  void ask() throws IOException {
    collect("/api");
    collect("/apis");
  }

  /// The document.
  Node.Mapping document() {
    var fields = new LinkedHashMap<String, Node>();
    fields.put("kind", text("APIGroupDiscoveryList"));
    fields.put("apiVersion", text("apidiscovery.k8s.io/v2"));
    fields.put("metadata", mapping(Map.of()));
    fields.put("items", new Node.Sequence(groups, 1, 1));
    return mapping(fields);
  }

  /// Groups that could not be asked, and why.
  SequencedMap<String, Exception> unavailable() {
    return unavailable;
  }

  long bytes() {
    return bytes;
  }

  private void collect(String path) throws IOException {
    var answer = get(path, AGGREGATED);
    switch (answer.text("kind")) {
      case "APIGroupDiscoveryList" ->
          answer.fields("items.*").forEach(group -> groups.add(group.node()));
      case "APIVersions" ->
          groups.add(
              legacy(
                  "",
                  answer.fields("versions.*").stream()
                      .map(v -> new GroupVersion("", v.text()))
                      .toList()));
      case "APIGroupList" -> {
        for (var group : answer.fields("groups.*")) {
          var name = group.text("name");
          groups.add(
              legacy(
                  name,
                  group.fields("versions.*").stream()
                      .map(v -> new GroupVersion(name, v.text("version")))
                      .toList()));
        }
      }
      default ->
          throw new IOException(
              path + " answered " + answer.text("kind") + ", which is no discovery document");
    }
  }

  private record GroupVersion(String group, String version) {
    String path() {
      return group.isEmpty() ? "/api/" + version : "/apis/" + group + "/" + version;
    }
  }

  private Node legacy(String group, List<GroupVersion> versions) {
    List<Node> converted = new ArrayList<>();
    for (var version : versions) {
      try {
        converted.add(legacyVersion(version, get(version.path(), "application/json")));
      } catch (IOException e) {
        unavailable.putIfAbsent(group, e);
      }
    }
    return mapping(
        Map.of(
            "metadata",
            mapping(Map.of("name", text(group))),
            "versions",
            new Node.Sequence(converted, 1, 1)));
  }

  private static Node legacyVersion(GroupVersion version, Field answer) {
    List<Node> resources = new ArrayList<>();
    for (var resource : answer.fields("resources.*")) {
      // Subresources are left out; nothing reads them here.
      if (resource.text("name").contains("/")) {
        continue;
      }
      var fields = new LinkedHashMap<String, Node>();
      fields.put("resource", text(resource.text("name")));
      fields.put(
          "responseKind",
          mapping(
              Map.of(
                  "group", text(version.group()),
                  "version", text(version.version()),
                  "kind", text(resource.text("kind")))));
      fields.put(
          "scope", text(resource.text("namespaced").equals("true") ? "Namespaced" : "Cluster"));
      fields.put("singularResource", text(resource.text("singularName")));
      for (var list : List.of("verbs", "shortNames", "categories")) {
        resource.named(list).ifPresent(value -> fields.put(list, value.node()));
      }
      resources.add(mapping(fields));
    }
    return mapping(
        Map.of(
            "version", text(version.version()),
            "freshness", text("Current"),
            "resources", new Node.Sequence(resources, 1, 1)));
  }

  private Field get(String path, String accept) throws IOException {
    try (var response = api.getRetrying(path, accept, item, deadline.get());
        var parser = DocumentReader.json(response.body())) {
      if (parser.nextToken() == null) {
        throw new IOException(path + " answered nothing");
      }
      var root = DocumentReader.read(parser);
      bytes += response.received();
      return new Field(path, "", root);
    } catch (JacksonException e) {
      throw Failures.parsing(e);
    }
  }

  private static Node.Mapping mapping(Map<String, Node> fields) {
    return new Node.Mapping(new LinkedHashMap<>(fields), 1, 1);
  }

  private static Node text(String text) {
    return new Node.Scalar(text, Node.Scalar.Type.STRING, 1, 1);
  }
}
