package io.bugreport.model.resource;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A value inside a document: where it lies, and what it says.
///
/// @param file the file of the archive that it stands in
/// @param path the way to it, such as `spec.http[0].route[1].destination.host`
/// @param node the value
public record Field(String file, String path, Node node) {

  /// What a scalar says; empty for anything else.
  public String text() {
    return node instanceof Node.Scalar scalar ? scalar.text() : "";
  }

  /// The number it says, if it is one.
  public Optional<Integer> number() {
    try {
      return Optional.of(Integer.valueOf(text()));
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }

  /// The line and column for a finding.
  public Location location() {
    return new Location(file, node.line(), node.column(), path);
  }

  /// The first value that a path leads to from here, see [#fields(String)].
  public Optional<Field> field(String path) {
    if (path.indexOf('*') >= 0) {
      var found = fields(path);
      return found.isEmpty() ? Optional.empty() : Optional.of(found.getFirst());
    }
    var target = at(path);
    return target == null ? Optional.empty() : Optional.of(new Field(file, join(path), target));
  }

  /// The text that a path leads to from here, or empty.
  public String text(String path) {
    if (path.indexOf('*') >= 0) {
      return field(path).map(Field::text).orElse("");
    }
    return at(path) instanceof Node.Scalar scalar ? scalar.text() : "";
  }

  /// The value that a path of names leads to, or null. No fields are made on the way: most of what
  /// checks ask for is not there.
  @Nullable Node at(String path) {
    @Nullable Node here = node;
    for (var from = 0; from <= path.length(); ) {
      var dot = path.indexOf('.', from);
      var to = dot < 0 ? path.length() : dot;
      if (!(here instanceof Node.Mapping mapping)) {
        return null;
      }
      here = mapping.get(path.substring(from, to));
      from = to + 1;
    }
    return here;
  }

  private String join(String below) {
    return path.isEmpty() ? below : path + "." + below;
  }

  /// All values that a path leads to from here, in the document's order. Parts are joined by dots;
  /// `*` stands for every item of an array and every value of an object, as in
  /// `spec.http.*.route.*.destination.host`. A name that holds dots is reached with
  /// [#named(String)].
  public List<Field> fields(String path) {
    if (path.indexOf('*') < 0) {
      return field(path).map(List::of).orElse(List.of());
    }
    List<Field> here = List.of(this);
    for (var part : path.split("\\.", -1)) {
      List<Field> next = new ArrayList<>();
      for (var field : here) {
        if (part.equals("*")) {
          next.addAll(field.children());
        } else {
          field.named(part).ifPresent(next::add);
        }
      }
      here = next;
    }
    return here;
  }

  /// The field of exactly this name.
  public Optional<Field> named(String name) {
    if (node instanceof Node.Mapping mapping) {
      var value = mapping.get(name);
      if (value != null) {
        return Optional.of(new Field(file, join(name), value));
      }
    }
    return Optional.empty();
  }

  /// All values directly below: items of an array, or values of an object.
  public List<Field> children() {
    List<Field> children = new ArrayList<>();
    switch (node) {
      case Node.Mapping mapping ->
          mapping
              .fields()
              .forEach((name, value) -> children.add(new Field(file, join(name), value)));
      case Node.Sequence sequence -> {
        for (var i = 0; i < sequence.items().size(); i++) {
          children.add(new Field(file, path + "[" + i + "]", sequence.items().get(i)));
        }
      }
      case Node.Scalar _ -> {}
    }
    return children;
  }

  /// The last part of the path: the name of an object's field.
  public String name() {
    return path.substring(path.lastIndexOf('.') + 1);
  }
}
