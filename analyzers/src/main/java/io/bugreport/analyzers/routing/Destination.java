package io.bugreport.analyzers.routing;

import io.bugreport.model.resource.Field;
import io.bugreport.model.resource.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Where a `VirtualService` sends traffic, or a copy of it.
///
/// @param field the `destination`, or the `mirror`, which has the same fields
/// @param isMirror whether only a copy is sent there
record Destination(Field field, boolean isMirror) {
  private static final List<String> ROUTES =
      List.of("spec.http.*.route.*", "spec.tcp.*.route.*", "spec.tls.*.route.*");
  private static final List<String> MIRRORS =
      List.of("spec.http.*.mirror", "spec.http.*.mirrors.*.destination");

  /// All destinations of a `VirtualService`, mirrors last. A route without a destination counts as
  /// one without a host.
  static List<Destination> of(Resource virtualService) {
    List<Destination> all = new ArrayList<>();
    for (var path : ROUTES) {
      for (var route : virtualService.fields(path)) {
        all.add(new Destination(route.named("destination").orElse(route), false));
      }
    }
    for (var path : MIRRORS) {
      virtualService.fields(path).forEach(mirror -> all.add(new Destination(mirror, true)));
    }
    return all;
  }

  /// The host, or the destination itself where it names none.
  Field host() {
    return field.named("host").orElse(field);
  }

  /// Empty for a route to the host as a whole.
  String subset() {
    return field.text("subset");
  }

  Optional<Field> portField() {
    return field.field("port.number");
  }

  /// Empty where it names none.
  Optional<Integer> port() {
    return portField().flatMap(Field::number).filter(port -> port != 0);
  }

  boolean isHttp() {
    return field.path().startsWith("spec.http");
  }

  /// How messages begin that speak of it.
  String word() {
    return isMirror ? "The mirror" : "The destination";
  }
}
