package io.bugreport.app.synthetic;

import io.bugreport.app.synthetic.Endpoints.Target;
import io.bugreport.app.synthetic.Routing.Destination;
import java.time.Instant;
import java.util.Optional;

/// The requests that go through a mesh, numbered from the newest, and what becomes of each. It
/// follows from the state of the mesh, so that access logs tell of its faults.
final class Traffic {
  static final int PERIOD_SECONDS = 7;
  private static final int USERS = 10;

  private final Mesh mesh;
  private final Routing routing;

  Traffic(Mesh mesh) {
    this.mesh = mesh;
    this.routing = new Routing(mesh);
  }

  /// What became of a request on its way to one service.
  enum Fate {
    SERVED,
    NO_CLUSTER,
    NO_HEALTHY_UPSTREAM,
    CERTIFICATE_EXPIRED
  }

  /// One step of a request.
  ///
  /// @param caller the proxy that sends it
  /// @param cluster Envoy's name for where it goes
  /// @param target where it went, if anywhere
  record Hop(
      long request,
      Proxy caller,
      Service service,
      String path,
      String cluster,
      String subset,
      boolean ruled,
      Fate fate,
      Optional<Target> target) {}

  Instant time(long request) {
    var millis = Names.number(mesh.plan.seed(), request, 900);
    return mesh.plan.time().minusSeconds(3 + request * PERIOD_SECONDS).minusMillis(millis);
  }

  /// What became of a request at a service; empty where it did not come that far.
  Optional<Hop> hop(Service service, long request) {
    var plan = mesh.planOf(service.name());
    if (plan.isEmpty()) {
      return Optional.empty();
    }
    Optional<Proxy> caller;
    if (plan.get().caller().isEmpty()) {
      caller = Optional.ofNullable(mesh.gateway().proxy);
    } else {
      var before = hop(mesh.service(plan.get().caller()), request);
      caller =
          before
              .flatMap(Hop::target)
              .flatMap(Target::proxy)
              .filter(
                  p ->
                      plan.get().callingVersions().isEmpty()
                          || plan.get().callingVersions().contains(p.version));
      if (before.isPresent() && before.get().fate() != Fate.SERVED) {
        return Optional.empty();
      }
    }
    return caller.map(proxy -> hop(service, request, proxy, plan.get().path()));
  }

  private Hop hop(Service service, long request, Proxy caller, String path) {
    var port = service.ports().getFirst();
    var destination = destination(service, request, caller);
    var ruled = !caller.isGateway() && routing.virtualService(service).isPresent();
    var cluster =
        "outbound|%d|%s|%s".formatted(port.number(), destination.subset(), destination.host());
    if (!destination.host().equals(service.host())) {
      return new Hop(
          request,
          caller,
          service,
          path,
          cluster,
          destination.subset(),
          ruled,
          Fate.NO_CLUSTER,
          Optional.empty());
    }
    var targets = Endpoints.of(mesh, service, destination.subset());
    if (targets.isEmpty()) {
      return new Hop(
          request,
          caller,
          service,
          path,
          cluster,
          destination.subset(),
          ruled,
          Fate.NO_HEALTHY_UPSTREAM,
          Optional.empty());
    }
    var target = targets.get((int) (request % targets.size()));
    var expired = target.proxy().filter(p -> p.hasExpired(mesh.plan.time())).isPresent();
    return new Hop(
        request,
        caller,
        service,
        path,
        cluster,
        destination.subset(),
        ruled,
        expired ? Fate.CERTIFICATE_EXPIRED : Fate.SERVED,
        Optional.of(target));
  }

  private Destination destination(Service service, long request, Proxy caller) {
    if (caller.isGateway()) {
      return new Destination(service.host(), "", 100);
    }
    var jason = request % USERS == 3;
    for (var rule : routing.rules(service)) {
      if (rule.user().isEmpty() || jason) {
        var lot = Names.number(mesh.plan.seed(), request * USERS + 1, 100);
        for (var destination : rule.destinations()) {
          lot -= destination.weight();
          if (lot < 0) {
            return destination;
          }
        }
        return rule.destinations().getLast();
      }
    }
    return new Destination(service.host(), "", 100);
  }
}
