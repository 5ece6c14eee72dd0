package io.bugreport.model.resource;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// A Kubernetes object of the snapshot.
public final class Resource {
  private final ResourceId id;
  private final Field root;

  // What nearly every check asks for is made once. Two threads may both make it: it is the same.
  private @Nullable SequencedMap<String, String> labels;
  private @Nullable SequencedMap<String, String> annotations;

  private Resource(ResourceId id, Field root) {
    this.id = id;
    this.root = root;
  }

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

  /// Which object it is.
  public ResourceId id() {
    return id;
  }

  /// Its document.
  public Field root() {
    return root;
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
    var known = labels;
    if (known == null) {
      known = texts("metadata.labels");
      labels = known;
    }
    return known;
  }

  public SequencedMap<String, String> annotations() {
    var known = annotations;
    if (known == null) {
      known = texts("metadata.annotations");
      annotations = known;
    }
    return known;
  }

  /// An object of strings, such as a selector; empty where there is none.
  public SequencedMap<String, String> texts(String path) {
    var texts = new LinkedHashMap<String, String>();
    if (root.at(path) instanceof Node.Mapping mapping) {
      mapping
          .fields()
          .forEach(
              (name, value) -> {
                if (value instanceof Node.Scalar scalar) {
                  texts.put(name, scalar.text());
                }
              });
    }
    return Collections.unmodifiableSequencedMap(texts);
  }

  /// Whether its labels hold all of a selector's; an empty selector is held by all.
  public boolean isSelectedBy(Map<String, String> selector) {
    var own = labels();
    for (var wanted : selector.entrySet()) {
      if (!wanted.getValue().equals(own.get(wanted.getKey()))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Resource resource
        && resource.id.equals(id)
        && resource.root.equals(root);
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }

  @Override
  public String toString() {
    return id.toString();
  }

  /// The line that its name stands in: where a finding about the whole object points.
  public Location location() {
    return field("metadata.name").orElse(root).location();
  }
}
