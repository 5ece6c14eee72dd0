package io.bugreport.analyzers.schema;

import io.bugreport.model.resource.Field;
import io.bugreport.model.resource.Node;
import org.jspecify.annotations.Nullable;

/// A value on the way through an object. Its path is only put together where something is wrong:
/// most values are right.
///
/// @param above what it lies in; null for the outermost
/// @param step its name there, or its number in brackets
record Place(@Nullable Place above, Field root, String step, int index, Node node) {

  static Place of(Field root) {
    return new Place(null, root, "", -1, root.node());
  }

  Place field(String name, Node value) {
    return new Place(this, root, name, -1, value);
  }

  Place item(int number, Node value) {
    return new Place(this, root, "", number, value);
  }

  /// The way to it from the object's own top, as people write it.
  String shown() {
    return path(root.name());
  }

  private String path(String top) {
    if (above == null) {
      return top;
    }
    return above.path(top) + (index >= 0 ? "[" + index + "]" : "." + step);
  }

  Field field() {
    return new Field(root.file(), path(root.path()), node);
  }
}
