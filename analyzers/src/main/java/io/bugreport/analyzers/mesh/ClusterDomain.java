package io.bugreport.analyzers.mesh;

import io.bugreport.model.resource.Resource;
import java.io.IOException;
import java.util.Collection;

/// The domain that the Services of a cluster end in, and the full names in it.
///
/// @param name such as `cluster.local`
public record ClusterDomain(String name) {
  private static final String USUAL = "cluster.local";

  /// The domain that Istio was installed with. Of several installations, the first that says one
  /// decides; where none does, it is `cluster.local`.
  ///
  /// @throws IOException when an installation's values cannot be read
  public static ClusterDomain of(Collection<Resource> configMaps) throws IOException {
    return new ClusterDomain(
        InjectorValues.all(configMaps).stream()
            .flatMap(values -> values.clusterDomain().stream())
            .findFirst()
            .orElse(USUAL));
  }

  /// The full name of a host that an object names. A name without a dot is a Service of the
  /// object's own namespace; wildcards and names with dots stand for themselves.
  public String qualified(String host, String namespace) {
    return HostName.isWildcard(host) || host.indexOf('.') >= 0 ? host : ofService(host, namespace);
  }

  /// The full name of a Service.
  public String ofService(String service, String namespace) {
    return service + "." + namespace + ".svc." + name;
  }
}
