package io.bugreport.app.serve.api;

import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The discovery documents of an API server, in the old format of one document for each group and
/// version, and in the aggregated one (Kubernetes 1.26 and later).
final class Discovery {
  private final ApiCatalog catalog;
  private final String address;

  /// @param address host and port of the server
  Discovery(ApiCatalog catalog, String address) {
    this.catalog = catalog;
    this.address = address;
  }

  /// The versions of the core group: `/api`.
  ObjectNode coreVersions() {
    var document = JsonText.MAPPER.createObjectNode().put("kind", "APIVersions");
    var versions = document.putArray("versions");
    catalog.groups().getOrDefault("", emptyGroup()).keySet().forEach(versions::add);
    document
        .putArray("serverAddressByClientCIDRs")
        .addObject()
        .put("clientCIDR", "0.0.0.0/0")
        .put("serverAddress", address);
    return document;
  }

  private static SequencedMap<String, List<ApiResource>> emptyGroup() {
    return new java.util.LinkedHashMap<>();
  }

  /// All named groups: `/apis`.
  ObjectNode groups() {
    var document =
        JsonText.MAPPER.createObjectNode().put("kind", "APIGroupList").put("apiVersion", "v1");
    var groups = document.putArray("groups");
    for (var name : catalog.groups().keySet()) {
      if (!name.isEmpty()) {
        groups.add(groupBody(name, JsonText.MAPPER.createObjectNode()));
      }
    }
    return document;
  }

  /// One group: `/apis/<group>`.
  ObjectNode group(String name) throws ApiError {
    if (name.isEmpty() || !catalog.groups().containsKey(name)) {
      throw ApiError.noSuchPath();
    }
    return groupBody(
        name, JsonText.MAPPER.createObjectNode().put("kind", "APIGroup").put("apiVersion", "v1"));
  }

  private ObjectNode groupBody(String name, ObjectNode document) {
    document.put("name", name);
    var versions = document.putArray("versions");
    for (var version : versionsOf(name).keySet()) {
      versions.add(groupVersion(name, version));
    }
    if (!versions.isEmpty()) {
      document.set("preferredVersion", versions.get(0).deepCopy());
    }
    return document;
  }

  private static ObjectNode groupVersion(String group, String version) {
    return JsonText.MAPPER
        .createObjectNode()
        .put("groupVersion", group + "/" + version)
        .put("version", version);
  }

  private SequencedMap<String, List<ApiResource>> versionsOf(String group) {
    return catalog.groups().getOrDefault(group, emptyGroup());
  }

  /// The kinds of one version: `/api/v1`, `/apis/<group>/<version>`.
  ObjectNode resources(String group, String version) throws ApiError {
    var found = versionsOf(group).get(version);
    if (found == null) {
      throw ApiError.noSuchPath();
    }
    var document =
        JsonText.MAPPER
            .createObjectNode()
            .put("kind", "APIResourceList")
            .put("apiVersion", "v1")
            .put("groupVersion", group.isEmpty() ? version : group + "/" + version);
    var resources = document.putArray("resources");
    for (var resource : found) {
      var entry = resources.addObject();
      entry
          .put("name", resource.plural())
          .put("singularName", resource.singular())
          .put("namespaced", resource.namespaced())
          .put("kind", resource.kind());
      addAll(entry.putArray("verbs"), reading(resource.verbs()));
      if (!resource.shortNames().isEmpty()) {
        addAll(entry.putArray("shortNames"), resource.shortNames());
      }
      if (!resource.categories().isEmpty()) {
        addAll(entry.putArray("categories"), resource.categories());
      }
      for (var subresource : resource.subresources()) {
        var kind = JsonText.text(subresource, "responseKind", "kind");
        var below = resources.addObject();
        below
            .put("name", resource.plural() + "/" + JsonText.text(subresource, "subresource"))
            .put("singularName", "")
            .put("namespaced", resource.namespaced())
            .put("kind", kind.isEmpty() ? resource.kind() : kind);
        below.set("verbs", subresource.path("verbs").deepCopy());
      }
    }
    return document;
  }

  /// What can be done here is less than what could be done where the snapshot was taken. Kinds that
  /// can only be created, such as reviews, keep that: some of them are answered.
  private static List<String> reading(List<String> verbs) {
    var reading = verbs.stream().filter(ApiResource.READING::contains).toList();
    return reading.isEmpty() ? verbs : reading;
  }

  private static void addAll(ArrayNode array, List<String> texts) {
    texts.forEach(array::add);
  }

  /// One aggregated document: `/api` with the core group, `/apis` with all others.
  ///
  /// @param version of the format: `v2` or `v2beta1`
  ObjectNode aggregated(boolean core, String version) {
    var document =
        JsonText.MAPPER
            .createObjectNode()
            .put("kind", "APIGroupDiscoveryList")
            .put("apiVersion", "apidiscovery.k8s.io/" + version);
    document.putObject("metadata");
    var items = document.putArray("items");
    for (var group : catalog.groups().entrySet()) {
      if (group.getKey().isEmpty() == core) {
        items.add(aggregatedGroup(group));
      }
    }
    return document;
  }

  private static ObjectNode aggregatedGroup(
      Map.Entry<String, SequencedMap<String, List<ApiResource>>> group) {
    var item = JsonText.MAPPER.createObjectNode();
    var metadata = item.putObject("metadata").putNull("creationTimestamp");
    if (!group.getKey().isEmpty()) {
      metadata.put("name", group.getKey());
    }
    var versions = item.putArray("versions");
    for (var version : group.getValue().entrySet()) {
      var entry = versions.addObject().put("version", version.getKey());
      entry.put("freshness", "Current");
      var resources = entry.putArray("resources");
      for (var resource : version.getValue()) {
        resources.add(aggregatedResource(resource));
      }
    }
    return item;
  }

  private static JsonNode aggregatedResource(ApiResource resource) {
    var node = JsonText.MAPPER.createObjectNode().put("resource", resource.plural());
    node.putObject("responseKind")
        .put("group", resource.group())
        .put("version", resource.version())
        .put("kind", resource.kind());
    node.put("scope", resource.namespaced() ? "Namespaced" : "Cluster");
    node.put("singularResource", resource.singular());
    addAll(node.putArray("verbs"), reading(resource.verbs()));
    if (!resource.shortNames().isEmpty()) {
      addAll(node.putArray("shortNames"), resource.shortNames());
    }
    if (!resource.categories().isEmpty()) {
      addAll(node.putArray("categories"), resource.categories());
    }
    if (!resource.subresources().isEmpty()) {
      var below = node.putArray("subresources");
      resource.subresources().forEach(below::add);
    }
    return node;
  }
}
