package io.bugreport.analyzers.schema;

import io.bugreport.model.resource.Field;
import io.bugreport.model.resource.Node;
import io.bugreport.model.resource.Resource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Collects what is wrong with an object, and holds what rules of several kinds share.
final class Problems {
  private final Field root;
  private final List<Problem> found = new ArrayList<>();

  Problems(Resource object) {
    this.root = object.root();
  }

  List<Problem> found() {
    return List.copyOf(found);
  }

  /// Reports what is refused.
  ///
  /// @param what the rest of a sentence that begins with the field's path
  void error(Field where, String what) {
    found.add(Problem.error(where, shown(where) + " " + what + "."));
  }

  /// Reports what is taken, and hardly meant so.
  void warning(Field where, String what) {
    found.add(Problem.warning(where, shown(where) + " " + what + "."));
  }

  /// The path from the object's own top.
  private String shown(Field field) {
    var prefix = root.path().isEmpty() ? 0 : root.path().length() + 1;
    return field.path().substring(Math.min(prefix, field.path().length()));
  }

  /// Whether a field is there and not null.
  static boolean has(Field field, String name) {
    return field
        .named(name)
        .filter(f -> !(f.node() instanceof Node.Scalar s && s.type() == Node.Scalar.Type.NULL))
        .isPresent();
  }

  /// Those of some fields that are there.
  static List<String> present(Field field, String... names) {
    return Stream.of(names).filter(name -> has(field, name)).toList();
  }

  /// Whether it is an object or a list with nothing in it.
  static boolean isEmpty(Field field) {
    return field.children().isEmpty() && field.text().isEmpty();
  }

  /// Reports every text that was there before.
  void distinct(List<Field> fields) {
    Set<String> seen = new HashSet<>();
    for (var field : fields) {
      if (!field.text().isEmpty() && !seen.add(field.text())) {
        error(field, "is there twice: " + field.text());
      }
    }
  }

  /// The rules of `exportTo`: `*` stands alone, and nothing is named twice.
  void exportTo(Field spec) {
    var scopes = spec.fields("exportTo.*");
    distinct(scopes);
    for (var scope : scopes) {
      if (scopes.size() > 1 && scope.text().equals("*")) {
        error(scope, "is *, which stands alone");
      }
    }
  }

  /// A selector or targets, not both; and a selector that selects something in particular.
  void selector(Field spec, String name, String labels) {
    var selector = spec.named(name);
    if (selector.isPresent()
        && (has(spec, "targetRef") || !spec.fields("targetRefs.*").isEmpty())) {
      error(selector.get(), "does not go together with targetRefs");
    }
    if (selector.isPresent() && selector.get().fields(labels + ".*").isEmpty()) {
      warning(
          selector.get(),
          "names no label, so that it selects all workloads: leave it out to say so");
    }
  }
}
