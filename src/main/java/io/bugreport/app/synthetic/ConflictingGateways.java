package io.bugreport.app.synthetic;

import java.util.List;

/// Two Gateways claim one host on one port of the same pods.
record ConflictingGateways() implements Fault {
  @Override
  public String name() {
    return "conflicting-gateways";
  }

  @Override
  public String seenBy() {
    return "IST0145";
  }

  @Override
  public void applyTo(Mesh mesh) {
    for (var name : List.of("bookinfo-gateway", "bookinfo-gateway-copy")) {
      var namespace = mesh.plan.services().getFirst().namespace();
      if (mesh.written("Gateway").stream().noneMatch(g -> Mesh.text(g, "name").equals(name))) {
        mesh.objects.add(
            Tree.object(
                "apiVersion",
                "networking.istio.io/v1",
                "kind",
                "Gateway",
                "metadata",
                Tree.object("generation", 1, "name", name, "namespace", namespace),
                "spec",
                Tree.object(
                    "selector",
                    Tree.object("istio", "ingressgateway"),
                    "servers",
                    Tree.array(
                        Tree.object(
                            "hosts",
                            Tree.array("bookinfo.example.com"),
                            "port",
                            Tree.object("name", "http", "number", 80, "protocol", "HTTP"))))));
      }
    }
  }
}
