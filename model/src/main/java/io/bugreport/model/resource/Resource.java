package io.bugreport.model.resource;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// A Kubernetes object of the snapshot.
///
/// @param id which object
/// @param root its document
public record Resource(ResourceId id, Field root) {

  /// Reads an object of a document.
  ///
  /// @param fallbackApiVersion what a list says for items that do not say it themselves
  /// @return empty where the node is no Kubernetes object
  static Optional<Resource> of(
      String cluster, Field root, String fallbackApiVersion, String fallbackKind) {
    var kind = orElse(root.text("kind"), fallbackKind);
    var apiVersion = orElse(root.text("apiVersion"), fallbackApiVersion);
    var name = root.text("metadata.name");
    if (kind.isEmpty() || apiVersion.isEmpty() || name.isEmpty()) {
      return Optional.empty();
    }
    var slash = apiVersion.indexOf('/');
    var group = slash < 0 ? "" : apiVersion.substring(0, slash);
    return Optional.of(
        new Resource(
            new ResourceId(cluster, group, kind, root.text("metadata.namespace"), name), root));
  }

  private static String orElse(String text, String fallback) {
    return text.isEmpty() ? fallback : text;
  }

  public String name() {
    return id.name();
  }

  /// Empty for cluster-scoped objects.
  public String namespace() {
    return id.namespace();
  }

  /// The kind, where it is one that checks know.
  public Optional<ResourceKind> kind() {
    return ResourceKind.of(id.group().isEmpty() ? "v1" : id.group() + "/", id.kind());
  }

  /// The first value that a path leads to, see [Field#fields(String)].
  public Optional<Field> field(String path) {
    return root.field(path);
  }

  /// All values that a path leads to, see [Field#fields(String)].
  public List<Field> fields(String path) {
    return root.fields(path);
  }

  /// The text that a path leads to, or empty.
  public String text(String path) {
    return root.text(path);
  }

  public SequencedMap<String, String> labels() {
    return texts("metadata.labels");
  }

  public SequencedMap<String, String> annotations() {
    return texts("metadata.annotations");
  }

  /// An object of strings, such as a selector; empty where there is none.
  public SequencedMap<String, String> texts(String path) {
    var texts = new LinkedHashMap<String, String>();
    field(path)
        .map(Field::node)
        .ifPresent(
            node -> {
              if (node instanceof Node.Mapping mapping) {
                mapping
                    .fields()
                    .forEach(
                        (name, value) -> {
                          if (value instanceof Node.Scalar scalar) {
                            texts.put(name, scalar.text());
                          }
                        });
              }
            });
    return texts;
  }

  /// Whether its labels hold all of a selector's; an empty selector is held by all.
  public boolean isSelectedBy(Map<String, String> selector) {
    return labels().entrySet().containsAll(selector.entrySet());
  }

  /// The line that its name stands in: where a finding about the whole object points.
  public Location location() {
    return field("metadata.name").orElse(root).location();
  }
}
