package io.bugreport.app.serve.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import tools.jackson.databind.JsonNode;

/// The kinds that one replayed cluster offers, by group and version, preferred versions first. They
/// come from the recorded discovery document; without one, from what is generally known and the
/// snapshot's own CustomResourceDefinitions. Kinds that have files are always among them.
final class ApiCatalog {
  private static final ObjectType CRDS =
      new ObjectType("apiextensions.k8s.io", "customresourcedefinitions");

  private final SequencedMap<String, SequencedMap<String, List<ApiResource>>> groups =
      new LinkedHashMap<>();

  private ApiCatalog() {}

  /// @param discovery the recorded document, of kind `APIGroupDiscoveryList`
  static ApiCatalog of(StoredObjects objects, Optional<JsonNode> discovery) {
    var catalog = new ApiCatalog();
    if (discovery.isPresent() && discovery.get().path("items").isArray()) {
      catalog.addRecorded(discovery.get());
    }
    if (catalog.groups.isEmpty()) {
      BuiltInKinds.ofKubernetes().forEach(catalog::add);
      objects.all(CRDS).objects().forEach(catalog::addDefined);
    }
    for (var type : objects.types()) {
      if (catalog.versions(type).isEmpty()) {
        catalog.addFound(type, objects);
      }
    }
    return catalog;
  }

  private void addRecorded(JsonNode document) {
    for (var item : document.path("items")) {
      var group = JsonText.text(item, "metadata", "name");
      for (var version : item.path("versions")) {
        var name = JsonText.text(version, "version");
        version(group, name);
        for (var resource : version.path("resources")) {
          add(
              new ApiResource(
                  group,
                  name,
                  JsonText.text(resource, "resource"),
                  JsonText.text(resource, "singularResource"),
                  JsonText.text(resource, "responseKind", "kind"),
                  JsonText.text(resource, "scope").equals("Namespaced"),
                  texts(resource.path("verbs")),
                  texts(resource.path("shortNames")),
                  texts(resource.path("categories")),
                  List.copyOf(resource.path("subresources").values())));
        }
      }
    }
  }

  private void addDefined(JsonNode definition) {
    var spec = definition.path("spec");
    var names = spec.path("names");
    for (var version : spec.path("versions")) {
      if (version.path("served").asBoolean(true)) {
        add(
            new ApiResource(
                JsonText.text(spec, "group"),
                JsonText.text(version, "name"),
                JsonText.text(names, "plural"),
                JsonText.text(names, "singular"),
                JsonText.text(names, "kind"),
                JsonText.text(spec, "scope").equals("Namespaced"),
                ApiResource.READING,
                texts(names.path("shortNames")),
                texts(names.path("categories")),
                List.of()));
      }
    }
  }

  /// A kind that is only known by its objects.
  private void addFound(ObjectType type, StoredObjects objects) {
    var found = objects.all(type).objects();
    var known = BuiltInKinds.of(type);
    if (found.isEmpty()) {
      known.forEach(this::add);
      return;
    }
    for (var object : found) {
      var apiVersion = JsonText.text(object, "apiVersion");
      var version = apiVersion.substring(apiVersion.indexOf('/') + 1);
      if (find(type, version).isPresent() || version.isEmpty()) {
        continue;
      }
      var kind = JsonText.text(object, "kind");
      var like = known.isEmpty() ? Optional.<ApiResource>empty() : Optional.of(known.getFirst());
      add(
          new ApiResource(
              type.group(),
              version,
              type.plural(),
              kind.toLowerCase(Locale.ROOT),
              kind,
              like.map(ApiResource::namespaced).orElse(!StoredObjects.namespace(object).isEmpty()),
              ApiResource.READING,
              like.map(ApiResource::shortNames).orElse(List.of()),
              like.map(ApiResource::categories).orElse(List.of()),
              like.map(ApiResource::subresources).orElse(List.of())));
    }
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(item -> texts.add(item.asString("")));
    return texts;
  }

  private List<ApiResource> version(String group, String version) {
    return groups
        .computeIfAbsent(group, _ -> new LinkedHashMap<>())
        .computeIfAbsent(version, _ -> new ArrayList<>());
  }

  private void add(ApiResource resource) {
    if (!resource.plural().isEmpty() && !resource.version().isEmpty()) {
      version(resource.group(), resource.version()).add(resource);
    }
  }

  /// Groups with their versions; the core group has the empty name.
  SequencedMap<String, SequencedMap<String, List<ApiResource>>> groups() {
    return groups;
  }

  Optional<ApiResource> find(ObjectType type, String version) {
    return versions(type).stream().filter(r -> r.version().equals(version)).findFirst();
  }

  /// A kind in all its versions.
  List<ApiResource> versions(ObjectType type) {
    return groups.getOrDefault(type.group(), new LinkedHashMap<>()).values().stream()
        .flatMap(List::stream)
        .filter(resource -> resource.plural().equals(type.plural()))
        .toList();
  }
}
