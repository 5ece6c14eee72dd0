package io.bugreport.report.mesh;

import io.bugreport.model.resource.Resource;
import io.bugreport.model.resource.ResourceId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Which service a host name of a route means, as Istio reads it: a short name is one of the
/// route's own namespace.
final class Hosts {
  private final Map<String, ResourceId> services = new HashMap<>();
  private final Map<String, ResourceId> entries = new HashMap<>();

  void add(Resource service) {
    services.put(service.namespace() + "/" + service.name(), service.id());
  }

  void addEntry(Resource entry) {
    entry.fields("spec.hosts.*").forEach(host -> entries.putIfAbsent(host.text(), entry.id()));
  }

  Optional<ResourceId> find(String host, String namespace) {
    var entry = entries.get(host);
    if (entry != null) {
      return Optional.of(entry);
    }
    var parts = host.split("\\.", -1);
    if (parts.length == 1) {
      return service(namespace, host);
    }
    return parts.length == 2 || parts[2].equals("svc")
        ? service(parts[1], parts[0])
        : Optional.empty();
  }

  Optional<ResourceId> service(String namespace, String name) {
    return Optional.ofNullable(services.get(namespace + "/" + name));
  }
}
