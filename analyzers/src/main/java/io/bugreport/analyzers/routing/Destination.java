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
      List.of(
          "spec.http.*.route.*.destination",
          "spec.tcp.*.route.*.destination",
          "spec.tls.*.route.*.destination");
  private static final List<String> MIRRORS =
      List.of("spec.http.*.mirror", "spec.http.*.mirrors.*.destination");

  /// All destinations of a `VirtualService`, mirrors last; those without a host are left out.
  static List<Destination> of(Resource virtualService) {
    List<Destination> all = new ArrayList<>();
    ROUTES.forEach(
        path -> virtualService.fields(path).forEach(f -> all.add(new Destination(f, false))));
    MIRRORS.forEach(
        path -> virtualService.fields(path).forEach(f -> all.add(new Destination(f, true))));
    return all.stream().filter(d -> !d.field.text("host").isEmpty()).toList();
  }

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
