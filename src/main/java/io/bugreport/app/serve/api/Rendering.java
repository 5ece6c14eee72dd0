package io.bugreport.app.serve.api;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Puts objects of one kind into the form that a client asked for: as they are, as their metadata
/// alone, or as rows of a table.
final class Rendering {
  private final ApiResource resource;
  private final Accept accept;
  private final List<Column> columns;
  private final String includeObject;

  /// @param definition the kind's CustomResourceDefinition, where it has one
  /// @param includeObject what a table's rows hold of their object: `None`, `Metadata` or `Object`
  Rendering(
      ApiResource resource,
      Accept accept,
      Ages ages,
      Optional<? extends JsonNode> definition,
      String includeObject) {
    this.resource = resource;
    this.accept = accept;
    this.columns =
        accept.form() == Accept.Form.TABLE ? new Columns(ages).of(resource, definition) : List.of();
    this.includeObject = includeObject.isEmpty() ? "Metadata" : includeObject;
  }

  /// One object.
  ObjectNode one(ObjectNode object) {
    return switch (accept.form()) {
      case PLAIN, AGGREGATED_DISCOVERY -> inVersion(object);
      case PARTIAL_OBJECT -> partial(object);
      case TABLE -> table(List.of(object), metadata(object), true);
    };
  }

  /// Many objects.
  ///
  /// @param metadata of the list
  ObjectNode many(List<ObjectNode> objects, ObjectNode metadata) {
    return switch (accept.form()) {
      case PLAIN, AGGREGATED_DISCOVERY -> {
        var list =
            JsonText.MAPPER
                .createObjectNode()
                .put("kind", resource.kind() + "List")
                .put("apiVersion", resource.apiVersion());
        list.set("metadata", metadata);
        var items = list.putArray("items");
        objects.forEach(object -> items.add(inVersion(object)));
        yield list;
      }
      case PARTIAL_OBJECT -> {
        var list =
            JsonText.MAPPER
                .createObjectNode()
                .put("kind", "PartialObjectMetadataList")
                .put("apiVersion", metaVersion());
        list.set("metadata", metadata);
        var items = list.putArray("items");
        objects.forEach(object -> items.add(partial(object)));
        yield list;
      }
      case TABLE -> table(objects, metadata, true);
    };
  }

  /// One object of a watch: a table has its columns only in the first event.
  ObjectNode event(ObjectNode object, boolean first) {
    return accept.form() == Accept.Form.TABLE
        ? table(List.of(object), metadata(object), first)
        : one(object);
  }

  private String metaVersion() {
    return "meta.k8s.io/" + accept.version();
  }

  private static ObjectNode metadata(ObjectNode object) {
    return JsonText.MAPPER
        .createObjectNode()
        .put("resourceVersion", JsonText.text(object, "metadata", "resourceVersion"));
  }

  /// The object under the version of the URL. All versions of a kind show the same fields here:
  /// what a server would convert is not known to a snapshot.
  private ObjectNode inVersion(ObjectNode object) {
    if (JsonText.text(object, "apiVersion").equals(resource.apiVersion())) {
      return object;
    }
    var copy = JsonText.MAPPER.createObjectNode();
    object.properties().forEach(field -> copy.set(field.getKey(), field.getValue()));
    copy.put("apiVersion", resource.apiVersion());
    return copy;
  }

  private ObjectNode partial(ObjectNode object) {
    var partial =
        JsonText.MAPPER
            .createObjectNode()
            .put("kind", "PartialObjectMetadata")
            .put("apiVersion", metaVersion());
    partial.set("metadata", object.path("metadata"));
    return partial;
  }

  private ObjectNode table(List<ObjectNode> objects, ObjectNode metadata, boolean withColumns) {
    var table =
        JsonText.MAPPER.createObjectNode().put("kind", "Table").put("apiVersion", metaVersion());
    table.set("metadata", metadata);
    var definitions = table.putArray("columnDefinitions");
    if (withColumns) {
      for (var column : columns) {
        definitions
            .addObject()
            .put("name", column.name())
            .put("type", column.type())
            .put("format", column.format())
            .put("description", "")
            .put("priority", column.priority());
      }
    }
    var rows = table.putArray("rows");
    for (var object : objects) {
      var row = rows.addObject();
      var cells = row.putArray("cells");
      for (var column : columns) {
        cells.addPOJO(column.cell().apply(object));
      }
      switch (includeObject) {
        case "None" -> {
          // the row alone
        }
        case "Object" -> row.set("object", inVersion(object));
        default -> row.set("object", partial(object));
      }
    }
    return table;
  }
}
