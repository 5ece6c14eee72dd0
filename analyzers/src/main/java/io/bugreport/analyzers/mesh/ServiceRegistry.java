package io.bugreport.analyzers.mesh;

import io.bugreport.model.resource.Field;
import io.bugreport.model.resource.Resource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Every host that the mesh knows, and who may see it: Services and ServiceEntries of all clusters.
public final class ServiceRegistry {
  private final ClusterDomain domain;
  private final Map<Key, List<Resource>> exact = new HashMap<>();
  private final Map<Key, List<Resource>> wildcards = new HashMap<>();

  private record Key(String scope, String host) {}

  /// A host, and what defines it.
  ///
  /// @param host its full name
  /// @param definedBy Services or ServiceEntries; several where clusters or entries share it
  public record RegisteredHost(String host, List<Resource> definedBy) {
    public RegisteredHost {
      definedBy = List.copyOf(definedBy);
    }

    /// The numbers of all its ports.
    public Set<Integer> ports() {
      var ports = new TreeSet<Integer>();
      for (var resource : definedBy) {
        for (var port : resource.fields("spec.ports.*")) {
          port.field(portField(resource)).flatMap(Field::number).ifPresent(ports::add);
        }
      }
      return ports;
    }

    private static String portField(Resource resource) {
      return resource.id().kind().equals("Service") ? "port" : "number";
    }
  }

  public ServiceRegistry(
      ClusterDomain domain, Collection<Resource> services, Collection<Resource> serviceEntries) {
    this.domain = domain;
    for (var entry : serviceEntries) {
      for (var host : entry.fields("spec.hosts.*")) {
        for (var scope : Visibility.of(entry).scopes()) {
          var name = domain.qualified(host.text(), entry.namespace());
          add(HostName.isWildcard(name) ? wildcards : exact, scope, name, entry);
        }
      }
    }
    for (var service : services) {
      var host = domain.ofService(service.name(), service.namespace());
      Visibility.ofService(service).scopes().forEach(scope -> add(exact, scope, host, service));
    }
  }

  private static void add(
      Map<Key, List<Resource>> index, String scope, String host, Resource resource) {
    index.computeIfAbsent(new Key(scope, host), _ -> new ArrayList<>()).add(resource);
  }

  /// The host that an object means.
  ///
  /// @param namespace the namespace of the object that names it
  /// @param visibility who sees that object: its host has to be visible to them
  /// @param host the host as it is written there
  /// @return empty where there is no such host, or none that may be seen from there
  public Optional<RegisteredHost> find(String namespace, Visibility visibility, String host) {
    var name = domain.qualified(host, namespace);
    List<String> scopes = new ArrayList<>();
    scopes.add(Visibility.EVERYWHERE);
    if (visibility.isEverywhere()) {
      scopes.add(namespace);
    } else {
      scopes.addAll(visibility.scopes());
    }
    for (var scope : scopes) {
      var found = exact.get(new Key(scope, name));
      if (found != null) {
        return Optional.of(new RegisteredHost(name, found));
      }
    }
    for (var scope : List.of(Visibility.EVERYWHERE, namespace)) {
      var found = wildcard(scope, name);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /// Whether any host that is known to anyone lies below a wildcard such as `*.local`.
  public boolean hasBelow(String wildcard) {
    return HostName.isWildcard(wildcard)
        && Stream.of(exact, wildcards)
            .flatMap(hosts -> hosts.keySet().stream())
            .anyMatch(key -> HostName.overlap(wildcard, key.host()));
  }

  /// The narrowest wildcard host that covers a name.
  private Optional<RegisteredHost> wildcard(String scope, String name) {
    if (wildcards.isEmpty()) {
      return Optional.empty();
    }
    var rest = HostName.isWildcard(name) ? name.substring(1) : name;
    while (true) {
      var wildcard = "*" + rest;
      var found = wildcards.get(new Key(scope, wildcard));
      if (found != null) {
        return Optional.of(new RegisteredHost(wildcard, found));
      }
      if (rest.isEmpty()) {
        return Optional.empty();
      }
      var dot = rest.indexOf('.', 1);
      rest = dot < 0 ? "" : rest.substring(dot);
    }
  }
}
