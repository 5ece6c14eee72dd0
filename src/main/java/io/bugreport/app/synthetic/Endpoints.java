package io.bugreport.app.synthetic;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What istiod finds behind a service: pods that are ready, and virtual machines.
final class Endpoints {

  /// One address behind a service.
  ///
  /// @param workload in the form that Envoy's metadata has it
  /// @param identity the SPIFFE id of its certificate
  /// @param proxy the proxy in front of it, if any
  record Target(
      String address,
      String workload,
      String name,
      String version,
      String zone,
      String node,
      String identity,
      Optional<Proxy> proxy) {}

  private Endpoints() {}

  /// All pods that a service selects.
  static List<Pod> podsOf(Mesh mesh, Service service) {
    if (service.selector().isEmpty()) {
      return List.of();
    }
    return mesh.pods.stream()
        .filter(p -> p.workload.namespace().equals(service.namespace()))
        .filter(p -> p.workload.labels().entrySet().containsAll(service.selector().entrySet()))
        .toList();
  }

  /// The addresses that a proxy may send requests to.
  ///
  /// @param version of the workloads; empty for all
  static List<Target> of(Mesh mesh, Service service, String version) {
    List<Target> targets = new ArrayList<>();
    for (var pod : podsOf(mesh, service)) {
      if (pod.isReady()) {
        targets.add(target(pod));
      }
    }
    var vm = mesh.vm;
    if (vm != null && service.name().equals(VirtualMachine.GROUP) && vm.unhealthy.isEmpty()) {
      targets.add(target(mesh.proxyOf(service)));
    }
    return targets.stream().filter(t -> version.isEmpty() || t.version().equals(version)).toList();
  }

  private static Target target(Pod pod) {
    var w = pod.workload;
    return new Target(
        pod.ip,
        "%s;%s;%s;%s;Kubernetes".formatted(w.name(), w.namespace(), w.app(), w.version()),
        w.name(),
        w.version(),
        pod.zone,
        pod.node,
        "spiffe://cluster.local/ns/" + w.namespace() + "/sa/" + w.account(),
        Optional.ofNullable(pod.proxy).filter(p -> !p.isGateway()));
  }

  private static Target target(Proxy machine) {
    return new Target(
        machine.ip,
        "%s;%s;%s;%s;Kubernetes"
            .formatted(machine.app, machine.id.namespace(), machine.app, machine.version),
        machine.app,
        machine.version,
        "",
        "",
        machine.spiffe(),
        Optional.of(machine));
  }
}
