package io.bugreport.app.synthetic;

import tools.jackson.databind.node.ObjectNode;

/// A VirtualService sends a part of its requests to a host that nobody has.
record MisspelledHost() implements Fault {
  @Override
  public String name() {
    return "misspelled-host";
  }

  @Override
  public String seenBy() {
    return "IST0101, and 503 NC in the caller's access log";
  }

  @Override
  public void applyTo(Mesh mesh) {
    var service = mesh.serviceOrLast("reviews");
    var name = service.name();
    var typo = name.substring(0, 3) + name.charAt(4) + name.charAt(3) + name.substring(5);
    var destination = Tree.object("destination", Tree.object("host", typo));
    var existing = new Routing(mesh).virtualService(service);
    if (existing.isPresent()) {
      var rule = (ObjectNode) existing.get().path("spec").path("http").path(0);
      rule.set("route", Tree.array(destination));
      return;
    }
    mesh.objects.add(
        Tree.object(
            "apiVersion",
            "networking.istio.io/v1",
            "kind",
            "VirtualService",
            "metadata",
            Tree.object("generation", 1, "name", name, "namespace", service.namespace()),
            "spec",
            Tree.object(
                "hosts",
                Tree.array(name),
                "http",
                Tree.array(Tree.object("route", Tree.array(destination))))));
  }
}
