package io.bugreport.analyzers.mesh;

import io.bugreport.model.resource.Field;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The containers of a pod, or of the template of one.
public final class Containers {
  /// The name of the proxy's container, beside the application's or, as a native sidecar, among the
  /// init containers.
  public static final String PROXY = "istio-proxy";

  private Containers() {}

  /// The proxy of a pod.
  ///
  /// @param spec the pod's `spec`
  /// @return empty where there is none, or one without an image
  public static Optional<Field> proxy(Field spec) {
    return all(spec)
        .filter(c -> c.text("name").equals(PROXY) && !c.text("image").isEmpty())
        .findFirst();
  }

  /// All containers, the usual ones first.
  public static Stream<Field> all(Field spec) {
    return Stream.of("containers.*", "initContainers.*").map(spec::fields).flatMap(List::stream);
  }
}
