package io.bugreport.collector.resources;

import io.bugreport.model.resource.Field;
import io.bugreport.model.resource.Node;
import java.util.LinkedHashMap;

/// One object of a list, as it is kept: with its `apiVersion` and `kind`, which lists leave out,
/// and without `metadata.managedFields`, which are half of many objects and tell nothing. Those of
/// webhook configurations are kept: they tell who fights over a CA bundle.
record ListedObject(String namespace, String name, Node.Mapping content) {

  static ListedObject of(ResourceType type, Node.Mapping item) {
    var fields = new LinkedHashMap<String, Node>();
    fields.put("apiVersion", string(type.apiVersion()));
    fields.put("kind", string(type.kind()));
    fields.putAll(item.fields());
    if (!type.keepsManagers()
        && fields.get("metadata") instanceof Node.Mapping metadata
        && metadata.get("managedFields") != null) {
      var kept = new LinkedHashMap<>(metadata.fields());
      kept.remove("managedFields");
      fields.put("metadata", new Node.Mapping(kept, metadata.line(), metadata.column()));
    }
    var content = new Node.Mapping(fields, item.line(), item.column());
    var field = new Field("", "", content);
    return new ListedObject(
        field.text("metadata.namespace"),
        field.text("metadata.name"),
        type.isSecret() ? SecretMask.masked(content) : content);
  }

  /// Its place in a sorted list: etcd sorts the bytes of `<namespace>/<name>`.
  String key() {
    return namespace + "/" + name;
  }

  private static Node string(String text) {
    return new Node.Scalar(text, Node.Scalar.Type.STRING, 1, 1);
  }
}
