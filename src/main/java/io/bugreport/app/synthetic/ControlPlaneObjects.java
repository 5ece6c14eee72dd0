package io.bugreport.app.synthetic;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What the cluster and Istio's control plane keep for themselves.
final class ControlPlaneObjects {
  private static final int RENEWED_SECONDS = 4;

  private final Mesh mesh;

  ControlPlaneObjects(Mesh mesh) {
    this.mesh = mesh;
  }

  Stream<ObjectNode> namespaces() {
    return mesh.namespaces().stream()
        .map(
            name -> {
              var labels = Tree.object();
              if (mesh.isInjected(name)) {
                labels.put("istio-injection", "enabled");
              }
              labels.put("kubernetes.io/metadata.name", name);
              return mesh.templates.fill(
                  "kubernetes/namespace.yaml",
                  Map.of("name", name, "labels", labels, "created", mesh.created.toString()));
            });
  }

  Stream<ObjectNode> nodes() {
    return IntStream.range(0, Mesh.NODES)
        .mapToObj(
            i -> {
              var name = "node-" + (i + 1);
              var values = new HashMap<String, Object>();
              values.put("name", name);
              values.put("created", mesh.created.toString());
              values.put("now", mesh.plan.time().minusSeconds(30).toString());
              values.put("zone", "eu-1" + (char) ('a' + i));
              values.put("cidr", "10.244." + i + ".0/24");
              values.put("ip", "172.18.0." + (3 + i));
              values.put("boot", Names.uuid("boot" + name));
              values.put("machine", Names.uuid(name));
              values.put("kubernetes", Mesh.KUBERNETES);
              return mesh.templates.fill("kubernetes/node.yaml", values);
            });
  }

  Stream<ObjectNode> accounts(String namespace) {
    var names = new TreeSet<>(List.of("default"));
    mesh.workloads.stream()
        .filter(w -> w.namespace().equals(namespace))
        .forEach(w -> names.add(w.account()));
    if (mesh.vm != null && namespace.equals(VirtualMachine.NAMESPACE)) {
      names.add(VirtualMachine.ACCOUNT);
    }
    return names.stream()
        .map(
            name ->
                Tree.object(
                    "apiVersion",
                    "v1",
                    "kind",
                    "ServiceAccount",
                    "metadata",
                    Tree.object("name", name, "namespace", namespace)));
  }

  Stream<ObjectNode> configMaps(String namespace) {
    var trust = configMap(namespace, "istio-ca-root-cert", "root-cert.pem");
    trust.withObject("metadata").set("labels", Tree.object("istio.io/config", "true"));
    return Stream.of(trust, configMap(namespace, "kube-root-ca.crt", "ca.crt"));
  }

  private static ObjectNode configMap(String namespace, String name, String key) {
    return Tree.object(
        "apiVersion",
        "v1",
        "data",
        Tree.object(key, Certificates.root()),
        "kind",
        "ConfigMap",
        "metadata",
        Tree.object("name", name, "namespace", namespace));
  }

  Stream<ObjectNode> secrets(String namespace) {
    List<ObjectNode> secrets = new ArrayList<>();
    if (namespace.equals(Mesh.SYSTEM)) {
      secrets.add(
          secret(
              "bookinfo-cert",
              "kubernetes.io/tls",
              Tree.object(),
              Map.of("tls.crt", 741, "tls.key", 227)));
      secrets.add(
          secret(
              "istio-ca-secret",
              "istio.io/ca-root",
              Tree.object(),
              Map.of(
                  "ca-cert.pem",
                  566,
                  "ca-key.pem",
                  227,
                  "cert-chain.pem",
                  0,
                  "key.pem",
                  0,
                  "root-cert.pem",
                  566)));
      secrets.add(token());
      mesh.helm.forEach(revision -> secrets.add(release(revision)));
    }
    return secrets.stream();
  }

  private ObjectNode token() {
    var secret =
        secret(
            "istio-reader-service-account-token",
            "kubernetes.io/service-account-token",
            Tree.object(),
            Map.of("ca.crt", 566, "namespace", 12, "token", 1034));
    secret
        .withObject("metadata")
        .set("annotations", Tree.object("kubernetes.io/service-account.name", "istiod"));
    return secret;
  }

  private static ObjectNode release(HelmRevision revision) {
    var created = String.valueOf(revision.created().getEpochSecond());
    var secret =
        secret(
            revision.secret(),
            "helm.sh/release.v1",
            Tree.object(
                "createdAt",
                created,
                "name",
                revision.release(),
                "owner",
                "helm",
                "status",
                revision.status(),
                "version",
                String.valueOf(revision.revision())),
            Map.of("release", revision.bytes()));
    secret.withObject("metadata").put("creationTimestamp", revision.created().toString());
    return secret;
  }

  private static ObjectNode secret(
      String name, String type, ObjectNode labels, Map<String, Integer> sizes) {
    var data = Tree.object();
    sizes.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(size -> data.put(size.getKey(), Certificates.withheld(size.getValue())));
    return Tree.object(
        "apiVersion",
        "v1",
        "data",
        data,
        "kind",
        "Secret",
        "metadata",
        Tree.object(
            "labels",
            labels.isEmpty() ? Tree.ABSENT : labels,
            "name",
            name,
            "namespace",
            Mesh.SYSTEM),
        "type",
        type);
  }

  Stream<ObjectNode> leases(String namespace) {
    return switch (namespace) {
      case Mesh.SYSTEM ->
          Stream.of(
                  "istio-gateway-status-leader",
                  "istio-ip-autoallocate",
                  "istio-leader",
                  "istio-namespace-controller-election")
              .map(name -> lease(name, namespace, mesh.istiods().getFirst().name, 30));
      case "kube-system" ->
          Stream.of("kube-controller-manager", "kube-scheduler")
              .map(name -> lease(name, namespace, "node-1_" + Names.uuid(name), 15));
      default -> Stream.of();
    };
  }

  private ObjectNode lease(String name, String namespace, String holder, int seconds) {
    var values = new HashMap<String, Object>();
    values.put("name", name);
    values.put("namespace", namespace);
    values.put("created", mesh.created.toString());
    values.put("acquired", micros(mesh.rolled.plusSeconds(12).toString()));
    values.put("renewed", micros(mesh.plan.time().minusSeconds(RENEWED_SECONDS).toString()));
    values.put("holder", holder);
    values.put("seconds", seconds);
    values.put("transitions", 2);
    return mesh.templates.fill("kubernetes/lease.yaml", values);
  }

  private static String micros(String time) {
    return time.replace("Z", ".000000Z");
  }

  Stream<ObjectNode> events(String namespace) {
    return mesh.happenings.stream()
        .filter(h -> h.namespace().equals(namespace))
        .map(
            h -> {
              var values = new HashMap<String, Object>();
              values.put("apiVersion", h.apiVersion());
              values.put("component", h.component());
              values.put("count", h.count());
              values.put("fieldPath", h.field().isEmpty() ? Tree.ABSENT : h.field());
              values.put("first", h.first().toString());
              values.put("host", h.host());
              values.put("last", h.last().toString());
              values.put("message", h.message());
              values.put("name", h.name());
              values.put("namespace", namespace);
              values.put("object", h.object());
              values.put("objectKind", h.kind());
              values.put("reason", h.reason());
              values.put("type", h.type());
              values.put("uid", KubernetesObjects.uid(h.kind(), namespace, h.object()));
              return mesh.templates.fill("kubernetes/event.yaml", values);
            });
  }

  Stream<ObjectNode> workloadEntries(String namespace) {
    var vm = mesh.vm;
    if (vm == null || !namespace.equals(VirtualMachine.NAMESPACE)) {
      return Stream.of();
    }
    var proxy = mesh.proxyOf(mesh.service(VirtualMachine.GROUP));
    var labels =
        Tree.object(
            "app",
            VirtualMachine.GROUP,
            "service.istio.io/canonical-name",
            VirtualMachine.GROUP,
            "service.istio.io/canonical-revision",
            VirtualMachine.VERSION,
            "version",
            VirtualMachine.VERSION);
    var healthy = vm.unhealthy.isEmpty();
    return Stream.of(
        Tree.object(
            "apiVersion",
            "networking.istio.io/v1",
            "kind",
            "WorkloadEntry",
            "metadata",
            Tree.object(
                "annotations",
                Tree.object(
                    "istio.io/autoRegistrationGroup",
                    VirtualMachine.GROUP,
                    "istio.io/connectedAt",
                    Connections.connectedAt(mesh, proxy).toString(),
                    "istio.io/workloadController",
                    mesh.istiods().get(proxy.istiod).name,
                    "proxy.istio.io/health-checks-enabled",
                    "true"),
                "generation",
                1,
                "labels",
                labels,
                "name",
                VirtualMachine.entry(),
                "namespace",
                namespace,
                "ownerReferences",
                Tree.array(
                    Tree.object(
                        "apiVersion",
                        "networking.istio.io/v1",
                        "controller",
                        true,
                        "kind",
                        "WorkloadGroup",
                        "name",
                        VirtualMachine.GROUP,
                        "uid",
                        KubernetesObjects.uid("WorkloadGroup", namespace, VirtualMachine.GROUP)))),
            "spec",
            Tree.object(
                "address",
                VirtualMachine.ADDRESS,
                "labels",
                labels.deepCopy(),
                "ports",
                Tree.object("http", VirtualMachine.PORT),
                "serviceAccount",
                VirtualMachine.ACCOUNT),
            "status",
            Tree.object(
                "conditions",
                Tree.array(
                    Tree.object(
                        "lastProbeTime",
                        mesh.plan.time().minusSeconds(190).toString(),
                        "lastTransitionTime",
                        mesh.plan.time().minusSeconds(190).toString(),
                        "message",
                        vm.unhealthy.<Object>map(m -> m).orElse(Tree.ABSENT),
                        "status",
                        healthy ? "True" : "False",
                        "type",
                        "Healthy")))));
  }

  Stream<ObjectNode> definitions() {
    return mesh.allKinds().stream().filter(ApiKind::isCustom).map(this::definition);
  }

  private ObjectNode definition(ApiKind kind) {
    var istio = kind.group().endsWith("istio.io");
    List<JsonNode> columns = new ArrayList<>();
    printed(kind).forEach((name, path) -> columns.add(column(name, "string", path)));
    columns.add(column("Age", "date", ".metadata.creationTimestamp"));
    var values = new HashMap<String, Object>();
    values.put("group", kind.group());
    values.put("plural", kind.plural());
    values.put("singular", kind.singular());
    values.put("kind", kind.kind());
    values.put("version", kind.version());
    values.put("scope", kind.namespaced() ? "Namespaced" : "Cluster");
    values.put("created", mesh.created.toString());
    values.put("shortNames", KubernetesObjects.names(kind.shortNames()));
    values.put("categories", KubernetesObjects.names(KubernetesObjects.categories(kind)));
    values.put("columns", columns);
    values.put(
        "labels",
        istio
            ? Tree.object("app", "istio-pilot", "chart", "istio", "release", "istio")
            : Tree.ABSENT);
    values.put(
        "annotations",
        istio
            ? Tree.object("meta.helm.sh/release-name", "istio-base")
            : Tree.object(
                "gateway.networking.k8s.io/bundle-version",
                "v1.4.0",
                "gateway.networking.k8s.io/channel",
                "standard"));
    return mesh.templates.fill("kubernetes/crd.yaml", values);
  }

  private static ObjectNode column(String name, String type, String path) {
    return Tree.object("jsonPath", path, "name", name, "type", type);
  }

  private static Map<String, String> printed(ApiKind kind) {
    return switch (kind.plural()) {
      case "virtualservices" ->
          new TreeMap<>(Map.of("Gateways", ".spec.gateways", "Hosts", ".spec.hosts"));
      case "destinationrules" -> Map.of("Host", ".spec.host");
      case "serviceentries" ->
          new TreeMap<>(
              Map.of(
                  "Hosts",
                  ".spec.hosts",
                  "Location",
                  ".spec.location",
                  "Resolution",
                  ".spec.resolution"));
      case "workloadentries" -> Map.of("Address", ".spec.address");
      case "authorizationpolicies" -> Map.of("Action", ".spec.action");
      case "peerauthentications" -> Map.of("Mode", ".spec.mtls.mode");
      default -> Map.of();
    };
  }

  Stream<ObjectNode> webhooks() {
    return mesh
        .templates
        .fillAll(
            "kubernetes/webhooks.yaml",
            Map.of(
                "created",
                mesh.created.toString(),
                "caBundle",
                Certificates.base64(Certificates.root())))
        .stream();
  }
}
