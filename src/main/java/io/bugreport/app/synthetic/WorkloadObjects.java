package io.bugreport.app.synthetic;

import io.bugreport.app.synthetic.Workload.Role;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Deployments, ReplicaSets and pods.
final class WorkloadObjects {
  private final Mesh mesh;

  WorkloadObjects(Mesh mesh) {
    this.mesh = mesh;
  }

  Stream<ObjectNode> deployments(String namespace) {
    return workloads(namespace)
        .map(
            w -> {
              var values = replicas(w);
              values.put("name", w.name());
              values.put("labels", w.labels());
              values.put("selector", w.labels());
              values.put("replicaSet", w.replicaSet());
              values.put("template", template(w, w.labels()));
              return mesh.templates.fill("kubernetes/deployment.yaml", values);
            });
  }

  Stream<ObjectNode> replicaSets(String namespace) {
    return workloads(namespace)
        .map(
            w -> {
              var values = replicas(w);
              var labels = hashed(w);
              values.put("name", w.replicaSet());
              values.put("deployment", w.name());
              values.put("owner", KubernetesObjects.uid("Deployment", namespace, w.name()));
              values.put("labels", labels);
              values.put("template", template(w, labels));
              return mesh.templates.fill("kubernetes/replicaset.yaml", values);
            });
  }

  private Stream<Workload> workloads(String namespace) {
    return mesh.workloads.stream().filter(w -> w.namespace().equals(namespace));
  }

  private Map<String, Object> replicas(Workload w) {
    var pods = mesh.pods.stream().filter(p -> p.workload.equals(w)).toList();
    var ready = (int) pods.stream().filter(Pod::isReady).count();
    var values = new HashMap<String, Object>();
    values.put("namespace", w.namespace());
    values.put("created", mesh.created.toString());
    values.put("replicas", pods.size());
    values.put("replicasText", String.valueOf(pods.size()));
    values.put("maximumText", String.valueOf(pods.size() + 1));
    values.put("ready", ready);
    values.put("available", ready > 0 ? "True" : "False");
    values.put("unavailable", ready < pods.size() ? pods.size() - ready : Tree.ABSENT);
    return values;
  }

  private ObjectNode template(Workload w, Map<String, String> labels) {
    var values = new HashMap<String, Object>();
    values.put("annotations", templateAnnotations(w));
    values.put("labels", labels);
    values.put(
        "containers",
        w.role() == Role.GATEWAY
            ? Tree.array(proxyContainer(w, "none", Tree.ABSENT))
            : Tree.array(applicationContainer(w, "none")));
    values.put("account", w.account());
    return mesh.templates.fill("kubernetes/pod-template.yaml", values);
  }

  private JsonNode templateAnnotations(Workload w) {
    if (w.role() != Role.APPLICATION) {
      return Tree.object("sidecar.istio.io/inject", "false");
    }
    return w.nativeSidecar() ? Tree.ABSENT : Tree.object("sidecar.istio.io/nativeSidecar", "false");
  }

  private static Map<String, String> hashed(Workload w) {
    var labels = new LinkedHashMap<>(w.labels());
    labels.put("pod-template-hash", w.hash());
    return labels;
  }

  Stream<ObjectNode> pods(String namespace) {
    return mesh.pods.stream().filter(p -> p.workload.namespace().equals(namespace)).map(this::pod);
  }

  /// The labels of a pod, those that injection adds among them.
  static Map<String, String> labels(Pod pod) {
    var labels = hashed(pod.workload);
    if (pod.proxy != null) {
      labels.put("security.istio.io/tlsMode", "istio");
      labels.put("service.istio.io/canonical-name", pod.workload.app());
      labels.put(
          "service.istio.io/canonical-revision",
          pod.workload.version().isEmpty() ? "latest" : pod.workload.version());
    }
    return labels;
  }

  private ObjectNode pod(Pod pod) {
    var w = pod.workload;
    var token = "kube-api-access-" + Names.suffix(mesh.plan.seed(), pod.name, 5);
    var ready = pod.isReady() ? "True" : "False";
    var values = new HashMap<String, Object>();
    values.put("name", pod.name);
    values.put("namespace", w.namespace());
    values.put("generateName", w.replicaSet() + "-");
    values.put("annotations", annotations(pod));
    values.put("labels", labels(pod));
    values.put("replicaSet", w.replicaSet());
    values.put("owner", KubernetesObjects.uid("ReplicaSet", w.namespace(), w.replicaSet()));
    values.put("created", pod.started.toString());
    values.put("readyAt", pod.started.plusSeconds(9).toString());
    values.put("ready", ready);
    values.put("readyReason", pod.isReady() ? Tree.ABSENT : "ContainersNotReady");
    values.put(
        "readyMessage",
        pod.isReady() ? Tree.ABSENT : "containers with unready status: [istio-proxy]");
    values.put("node", pod.node);
    values.put("hostIp", hostIp(pod));
    values.put("ip", pod.ip);
    values.put("account", w.account());
    values.put("containers", containers(pod, token));
    values.put("initContainers", initContainers(pod, token));
    values.put("statuses", statuses(pod));
    values.put("initStatuses", initStatuses(pod));
    values.put("volumes", volumes(pod, token));
    return mesh.templates.fill("kubernetes/pod.yaml", values);
  }

  static String hostIp(Pod pod) {
    return "172.18.0." + (2 + pod.node.charAt(pod.node.length() - 1) - '0');
  }

  /// The annotations of a pod, those that injection adds among them.
  static JsonNode annotations(Pod pod) {
    var w = pod.workload;
    if (w.role() == Role.GATEWAY) {
      return Tree.object(
          "istio.io/rev", "default",
          "prometheus.io/path", "/stats/prometheus",
          "prometheus.io/port", "15020",
          "prometheus.io/scrape", "true",
          "sidecar.istio.io/inject", "false");
    }
    if (pod.proxy == null) {
      return w.role() == Role.ISTIOD
          ? Tree.object("sidecar.istio.io/inject", "false")
          : Tree.ABSENT;
    }
    return Tree.object(
        "istio.io/rev",
        "default",
        "kubectl.kubernetes.io/default-container",
        w.container(),
        "kubectl.kubernetes.io/default-logs-container",
        w.container(),
        "prometheus.io/path",
        "/stats/prometheus",
        "prometheus.io/port",
        "15020",
        "prometheus.io/scrape",
        "true",
        "sidecar.istio.io/nativeSidecar",
        w.nativeSidecar() ? Tree.ABSENT : "false",
        "sidecar.istio.io/status",
        ("{\"initContainers\":[\"istio-init\"%s],\"containers\":%s,\"volumes\":[\"workload-socket\","
                + "\"credential-socket\",\"workload-certs\",\"istio-envoy\",\"istio-data\","
                + "\"istio-podinfo\",\"istio-token\",\"istiod-ca-cert\"],"
                + "\"imagePullSecrets\":null,\"revision\":\"default\"}")
            .formatted(
                w.nativeSidecar() ? ",\"istio-proxy\"" : "",
                w.nativeSidecar() ? "null" : "[\"istio-proxy\"]"));
  }

  private JsonNode containers(Pod pod, String token) {
    List<JsonNode> containers = new ArrayList<>();
    if (pod.workload.role() == Role.GATEWAY) {
      containers.add(proxyContainer(pod.workload, token, Tree.ABSENT));
    } else {
      containers.add(applicationContainer(pod.workload, token));
      if (pod.proxy != null && !pod.hasNativeSidecar()) {
        containers.add(proxyContainer(pod.workload, token, Tree.ABSENT));
      }
    }
    return Tree.of(containers);
  }

  private JsonNode initContainers(Pod pod, String token) {
    if (pod.proxy == null || pod.workload.role() == Role.GATEWAY) {
      return Tree.ABSENT;
    }
    var init =
        mesh.templates.fill(
            "kubernetes/istio-init.yaml", Map.of("istioVersion", Mesh.ISTIO, "token", token));
    return pod.hasNativeSidecar()
        ? Tree.array(init, proxyContainer(pod.workload, token, Tree.of("Always")))
        : Tree.array(init);
  }

  private ObjectNode applicationContainer(Workload w, String token) {
    List<JsonNode> ports = new ArrayList<>();
    for (int port : w.ports()) {
      ports.add(
          Tree.object("containerPort", port, "protocol", w.role() == Role.DNS ? "UDP" : "TCP"));
    }
    return mesh.templates.fill(
        "kubernetes/container.yaml",
        Map.of(
            "env",
            w.role() == Role.ISTIOD
                ? Tree.array(
                    Tree.object("name", "REVISION", "value", "default"),
                    Tree.object("name", "PILOT_CERT_PROVIDER", "value", "istiod"),
                    Tree.object("name", "CLUSTER_ID", "value", "Kubernetes"),
                    Tree.object("name", "EXTERNAL_ISTIOD", "value", "false"))
                : Tree.ABSENT,
            "image",
            w.image(),
            "name",
            w.container(),
            "ports",
            ports,
            "token",
            token));
  }

  private ObjectNode proxyContainer(Workload w, String token, JsonNode restart) {
    var gateway = w.role() == Role.GATEWAY;
    List<JsonNode> ports = new ArrayList<>();
    if (gateway) {
      w.ports().forEach(port -> ports.add(Tree.object("containerPort", port, "protocol", "TCP")));
    }
    ports.add(Tree.object("containerPort", 15090, "name", "http-envoy-prom", "protocol", "TCP"));
    var values = new HashMap<String, Object>();
    values.put("type", gateway ? "router" : "sidecar");
    values.put("ports", podPorts(w));
    values.put("containers", w.container());
    values.put("workload", w.name());
    values.put("owner", w.owner());
    values.put("istioVersion", Mesh.ISTIO);
    values.put("proxyPorts", ports);
    values.put("restart", restart);
    values.put("token", token);
    return mesh.templates.fill("kubernetes/istio-proxy.yaml", values);
  }

  /// The ports of the application as the injector tells them to the proxy.
  static String podPorts(Workload w) {
    List<JsonNode> ports = new ArrayList<>();
    w.ports().forEach(port -> ports.add(Tree.object("containerPort", port, "protocol", "TCP")));
    return Tree.of(ports).toString();
  }

  private JsonNode volumes(Pod pod, String token) {
    var template = mesh.templates.fill("kubernetes/volumes.yaml", Map.of("token", token));
    List<JsonNode> volumes = new ArrayList<>();
    if (pod.proxy != null) {
      template.path("proxy").forEach(volumes::add);
    }
    template.path("access").forEach(volumes::add);
    return Tree.of(volumes);
  }

  private static JsonNode statuses(Pod pod) {
    List<JsonNode> statuses = new ArrayList<>();
    if (pod.workload.role() != Role.GATEWAY) {
      statuses.add(running(pod, pod.workload.container(), pod.workload.image(), 0, true));
    }
    if (pod.proxy != null && !pod.hasNativeSidecar()) {
      statuses.add(proxyStatus(pod));
    }
    return Tree.of(statuses);
  }

  private static JsonNode initStatuses(Pod pod) {
    if (pod.proxy == null || pod.workload.role() == Role.GATEWAY) {
      return Tree.ABSENT;
    }
    var init =
        Tree.object(
            "containerID",
            containerId(pod, "istio-init"),
            "image",
            "docker.io/istio/proxyv2:" + Mesh.ISTIO,
            "imageID",
            imageId("proxyv2"),
            "lastState",
            Tree.object(),
            "name",
            "istio-init",
            "ready",
            true,
            "restartCount",
            0,
            "started",
            false,
            "state",
            Tree.object(
                "terminated",
                Tree.object(
                    "containerID",
                    containerId(pod, "istio-init"),
                    "exitCode",
                    0,
                    "finishedAt",
                    pod.started.plusSeconds(2).toString(),
                    "reason",
                    "Completed",
                    "startedAt",
                    pod.started.plusSeconds(1).toString())));
    return pod.hasNativeSidecar() ? Tree.array(init, proxyStatus(pod)) : Tree.array(init);
  }

  private static ObjectNode proxyStatus(Pod pod) {
    return running(
        pod,
        "istio-proxy",
        "docker.io/istio/proxyv2:" + Mesh.ISTIO,
        pod.proxyRestarts,
        pod.isReady());
  }

  private static ObjectNode running(
      Pod pod, String name, String image, int restarts, boolean ready) {
    var last = Tree.object();
    var since = pod.started.plusSeconds(3);
    if (restarts > 0) {
      var ended = ContainerLogs.lastRestart(pod);
      since = ended.plusSeconds(21);
      last.set(
          "terminated",
          Tree.object(
              "containerID",
              containerId(pod, name + "-before"),
              "exitCode",
              137,
              "finishedAt",
              ended.toString(),
              "reason",
              "OOMKilled",
              "startedAt",
              ended.minusSeconds(410).toString()));
    }
    return Tree.object(
        "containerID",
        containerId(pod, name),
        "image",
        image,
        "imageID",
        imageId(image),
        "lastState",
        last,
        "name",
        name,
        "ready",
        ready,
        "restartCount",
        restarts,
        "started",
        true,
        "state",
        Tree.object("running", Tree.object("startedAt", since.toString())));
  }

  private static String containerId(Pod pod, String container) {
    var id = Names.uuid(pod.name + container).replace("-", "");
    return "containerd://" + id + Names.uuid(id).replace("-", "");
  }

  private static String imageId(String image) {
    var id = Names.uuid(image).replace("-", "");
    return "sha256:" + id + Names.uuid(id).replace("-", "");
  }
}
