package io.bugreport.app.synthetic;

import java.util.Optional;

/// An EnvoyFilter names a filter that Envoy does not know, and Envoy takes none of it.
record RejectedListeners() implements Fault {
  @Override
  public String name() {
    return "rejected-listeners";
  }

  @Override
  public String seenBy() {
    return "ENV-01, and 503 UH in the callers' access logs";
  }

  @Override
  public void applyTo(Mesh mesh) {
    var service = mesh.serviceOrLast("ratings");
    var proxy = mesh.proxyOf(service);
    proxy.rejection =
        Optional.of(
            "Didn't find a registered implementation for 'example.filters.http.quota' with type"
                + " URL: 'example.filters.http.quota.v3.Quota'");
    var pod = mesh.podOf(service, proxy.version);
    pod.unready = Optional.of("config rejected");
    mesh.happenings.add(
        Happening.ofContainer(
            pod,
            "istio-proxy",
            "Warning",
            "Unhealthy",
            "Readiness probe failed: HTTP probe failed with statuscode: 503",
            480,
            pod.started.plusSeconds(15),
            mesh.plan.time().minusSeconds(6)));
    mesh.objects.add(
        Tree.object(
            "apiVersion",
            "networking.istio.io/v1alpha3",
            "kind",
            "EnvoyFilter",
            "metadata",
            Tree.object("generation", 1, "name", "quota", "namespace", service.namespace()),
            "spec",
            Tree.object(
                "configPatches",
                Tree.array(
                    Tree.object(
                        "applyTo",
                        "HTTP_FILTER",
                        "match",
                        Tree.object("context", "SIDECAR_INBOUND"),
                        "patch",
                        Tree.object(
                            "operation",
                            "INSERT_FIRST",
                            "value",
                            Tree.object(
                                "name",
                                "example.filters.http.quota",
                                "typed_config",
                                Tree.object(
                                    EnvoyConfig.TYPE,
                                    "type.googleapis.com/example.filters.http.quota.v3.Quota"))))),
                "workloadSelector",
                Tree.object("labels", Tree.object("app", service.name())))));
  }
}
