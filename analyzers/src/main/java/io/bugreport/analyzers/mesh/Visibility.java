package io.bugreport.analyzers.mesh;

import io.bugreport.model.resource.Field;
import io.bugreport.model.resource.Resource;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Which namespaces see an object: Istio's `exportTo`.
///
/// @param scopes the namespaces, or only [#EVERYWHERE]
public record Visibility(SortedSet<String> scopes) {
  /// The scope of what all namespaces see.
  public static final String EVERYWHERE = "*";

  private static final String SERVICE_ANNOTATION = "networking.istio.io/exportTo";

  /// The visibility of an object of Istio, by its `spec.exportTo`.
  public static Visibility of(Resource resource) {
    return of(resource.fields("spec.exportTo.*").stream().map(Field::text), resource.namespace());
  }

  /// The visibility of a Service, by its annotation.
  public static Visibility ofService(Resource service) {
    var annotation = service.annotations().getOrDefault(SERVICE_ANNOTATION, "");
    return of(
        Arrays.stream(annotation.split(",", -1)).map(String::strip).filter(s -> !s.isEmpty()),
        service.namespace());
  }

  private static Visibility of(Stream<String> exportTo, String namespace) {
    var scopes = new TreeSet<String>();
    exportTo.map(scope -> scope.equals(".") ? namespace : scope).forEach(scopes::add);
    return scopes.isEmpty() || scopes.contains(EVERYWHERE)
        ? new Visibility(new TreeSet<>(List.of(EVERYWHERE)))
        : new Visibility(scopes);
  }

  public boolean isEverywhere() {
    return scopes.contains(EVERYWHERE);
  }
}
