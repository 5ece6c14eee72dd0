package io.bugreport.analyzers.schema;

import io.bugreport.model.resource.Field;
import io.bugreport.model.resource.Node;
import java.util.Set;

/// Durations are texts to a schema; istiod reads them.
final class Durations {
  private static final Set<String> NAMES =
      Set.of(
          "timeout",
          "perTryTimeout",
          "fixedDelay",
          "maxAge",
          "interval",
          "baseEjectionTime",
          "connectTimeout",
          "idleTimeout",
          "maxConnectionDuration");

  private Durations() {}

  /// Reports every field of such a name that holds none.
  static void judge(Field field, Problems problems) {
    for (var child : field.children()) {
      if (child.node() instanceof Node.Scalar scalar) {
        if (scalar.type() == Node.Scalar.Type.STRING
            && NAMES.contains(child.name())
            && !Texts.isDuration(scalar.text())) {
          problems.error(child, "is no duration such as 1.5s: " + scalar.text());
        }
      } else {
        judge(child, problems);
      }
    }
  }
}
