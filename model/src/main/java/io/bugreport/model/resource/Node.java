package io.bugreport.model.resource;

import java.util.Collections;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// A value of a JSON or YAML document that knows where it stands.
public sealed interface Node {

  /// The line it begins at, from 1.
  int line();

  /// The column it begins at, from 1.
  int column();

  /// An object.
  record Mapping(SequencedMap<String, Node> fields, int line, int column) implements Node {
    public Mapping {
      fields = Collections.unmodifiableSequencedMap(fields);
    }

    /// The field of this name, or null.
    public @Nullable Node get(String name) {
      return fields.get(name);
    }
  }

  /// An array.
  record Sequence(List<Node> items, int line, int column) implements Node {
    public Sequence {
      items = List.copyOf(items);
    }
  }

  /// A string, number, boolean or null.
  record Scalar(String text, Type type, int line, int column) implements Node {
    /// What a scalar was in its document.
    public enum Type {
      STRING,
      NUMBER,
      BOOLEAN,
      NULL
    }
  }
}
