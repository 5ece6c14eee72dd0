package io.bugreport.app.synthetic;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// How VirtualServices and DestinationRules steer requests inside of the mesh.
final class Routing {
  private final Mesh mesh;

  Routing(Mesh mesh) {
    this.mesh = mesh;
  }

  /// Where a route leads.
  ///
  /// @param host fully qualified; perhaps of no service
  record Destination(String host, String subset, int weight) {}

  /// One rule of a VirtualService.
  ///
  /// @param user whom it is for; empty for everybody
  record Rule(String user, List<Destination> destinations) {}

  /// The VirtualService that sidecars follow for a service.
  Optional<ObjectNode> virtualService(Service service) {
    return mesh.written("VirtualService").stream()
        .filter(vs -> vs.path("spec").path("gateways").isMissingNode())
        .filter(vs -> Mesh.text(vs, "namespace").equals(service.namespace()))
        .filter(vs -> vs.path("spec").path("hosts").path(0).stringValue().equals(service.name()))
        .findFirst();
  }

  /// The rules for a service, in order; its own endpoints where nobody says otherwise.
  List<Rule> rules(Service service) {
    List<Rule> rules = new ArrayList<>();
    virtualService(service)
        .ifPresent(
            vs -> vs.path("spec").path("http").forEach(http -> rules.add(rule(service, http))));
    if (rules.isEmpty()) {
      rules.add(new Rule("", List.of(new Destination(service.host(), "", 100))));
    }
    return rules;
  }

  private static Rule rule(Service service, JsonNode http) {
    List<Destination> destinations = new ArrayList<>();
    for (var route : http.path("route")) {
      var to = route.path("destination");
      destinations.add(
          new Destination(
              to.path("host").stringValue() + "." + service.namespace() + ".svc.cluster.local",
              to.path("subset").asString(""),
              route.path("weight").asInt(100)));
    }
    return new Rule(
        http.path("match").path(0).path("headers").path("end-user").path("exact").asString(""),
        destinations);
  }

  /// The versions that have a subset of their own.
  List<String> subsets(Service service) {
    List<String> subsets = new ArrayList<>();
    for (var rule : mesh.written("DestinationRule")) {
      if (rule.path("spec").path("host").stringValue().equals(service.name())
          && Mesh.text(rule, "namespace").equals(service.namespace())) {
        rule.path("spec").path("subsets").forEach(s -> subsets.add(s.path("name").stringValue()));
      }
    }
    return subsets;
  }
}
