package io.bugreport.app.synthetic;

import io.bugreport.app.synthetic.Service.Port;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Services and what stands behind them.
final class ServiceObjects {
  private static final String API_SERVER = "172.18.0.2";

  private final Mesh mesh;

  ServiceObjects(Mesh mesh) {
    this.mesh = mesh;
  }

  private Stream<Service> in(String namespace) {
    return mesh.services.stream().filter(s -> s.namespace().equals(namespace));
  }

  Stream<ObjectNode> services(String namespace) {
    return in(namespace).map(this::service);
  }

  private ObjectNode service(Service service) {
    List<JsonNode> ports = new ArrayList<>();
    service
        .ports()
        .forEach(
            p ->
                ports.add(
                    Tree.object(
                        "name",
                        p.name(),
                        "port",
                        p.number(),
                        "protocol",
                        p.protocol(),
                        "targetPort",
                        p.target())));
    var balanced = service.name().equals(Mesh.GATEWAY);
    var values = new HashMap<String, Object>();
    values.put("name", service.name());
    values.put("namespace", service.namespace());
    values.put("created", mesh.created.toString());
    values.put("labels", labels(service));
    values.put("ip", service.ip());
    values.put("ports", ports);
    values.put("selector", service.selector().isEmpty() ? Tree.ABSENT : service.selector());
    values.put("type", balanced ? "LoadBalancer" : "ClusterIP");
    values.put(
        "balancer",
        balanced
            ? Tree.object("ingress", Tree.array(Tree.object("ip", "203.0.113.20", "ipMode", "VIP")))
            : Tree.object());
    return mesh.templates.fill("kubernetes/service.yaml", values);
  }

  private static Map<String, String> labels(Service service) {
    return switch (service.name()) {
      case "kubernetes" -> Map.of("component", "apiserver", "provider", "kubernetes");
      case "kube-dns" -> Map.of("k8s-app", "kube-dns");
      default -> Map.of("app", service.name());
    };
  }

  Stream<ObjectNode> slices(String namespace) {
    return in(namespace).map(this::slice);
  }

  private ObjectNode slice(Service service) {
    List<JsonNode> endpoints = new ArrayList<>();
    var pods = podsOf(service);
    for (var pod : pods) {
      endpoints.add(
          Tree.object(
              "addresses",
              Tree.array(pod.ip),
              "conditions",
              Tree.object("ready", pod.isReady(), "serving", pod.isReady(), "terminating", false),
              "nodeName",
              pod.node,
              "targetRef",
              reference(pod),
              "zone",
              pod.zone));
    }
    if (service.name().equals("kubernetes")) {
      endpoints.add(
          Tree.object(
              "addresses", Tree.array(API_SERVER), "conditions", Tree.object("ready", true)));
    }
    var values = new HashMap<String, Object>();
    values.put("service", service.name());
    values.put("namespace", service.namespace());
    values.put("created", mesh.created.toString());
    values.put("name", service.name() + "-" + Names.suffix(mesh.plan.seed(), service.host(), 5));
    values.put("owner", KubernetesObjects.uid("Service", service.namespace(), service.name()));
    values.put("endpoints", endpoints);
    values.put("ports", ports(service));
    return mesh.templates.fill("kubernetes/endpointslice.yaml", values);
  }

  Stream<ObjectNode> endpoints(String namespace) {
    return in(namespace).map(this::endpoints);
  }

  private ObjectNode endpoints(Service service) {
    List<JsonNode> ready = new ArrayList<>();
    List<JsonNode> unready = new ArrayList<>();
    for (var pod : podsOf(service)) {
      (pod.isReady() ? ready : unready)
          .add(Tree.object("ip", pod.ip, "nodeName", pod.node, "targetRef", reference(pod)));
    }
    if (service.name().equals("kubernetes")) {
      ready.add(Tree.object("ip", API_SERVER));
    }
    return mesh.templates.fill(
        "kubernetes/endpoints.yaml",
        Map.of(
            "service",
            service.name(),
            "namespace",
            service.namespace(),
            "created",
            mesh.rolled.toString(),
            "subsets",
            ready.isEmpty() && unready.isEmpty()
                ? Tree.ABSENT
                : Tree.array(
                    Tree.object(
                        "addresses",
                        ready.isEmpty() ? Tree.ABSENT : ready,
                        "notReadyAddresses",
                        unready.isEmpty() ? Tree.ABSENT : unready,
                        "ports",
                        ports(service)))));
  }

  private static JsonNode reference(Pod pod) {
    var namespace = pod.workload.namespace();
    return Tree.object(
        "kind",
        "Pod",
        "name",
        pod.name,
        "namespace",
        namespace,
        "uid",
        KubernetesObjects.uid("Pod", namespace, pod.name));
  }

  private static JsonNode ports(Service service) {
    List<JsonNode> ports = new ArrayList<>();
    for (Port port : service.ports()) {
      ports.add(
          Tree.object("name", port.name(), "port", port.target(), "protocol", port.protocol()));
    }
    return Tree.of(ports);
  }

  private List<Pod> podsOf(Service service) {
    return Endpoints.podsOf(mesh, service);
  }
}
