package io.bugreport.app.synthetic;

import io.bugreport.app.synthetic.MeshPlan.ServicePlan;
import io.bugreport.app.synthetic.Service.Port;
import io.bugreport.app.synthetic.Workload.Role;
import io.bugreport.model.endpoint.ProxyId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What there is in a synthetic mesh, and what is wrong with it. Faults change it; every file is a
/// view of it.
final class Mesh {
  static final String ISTIO = "1.30.1";
  static final String KUBERNETES = "v1.34.2";
  static final String SYSTEM = "istio-system";
  static final String GATEWAY = "istio-ingressgateway";
  static final int NODES = 3;
  static final Duration AGE = Duration.ofHours(2);
  private static final int PER_SUBNET = 250;

  final MeshPlan plan;
  final Templates templates = new Templates();

  /// When the mesh was installed.
  final Instant created;

  /// When its pods started.
  final Instant rolled;

  final List<Service> services = new ArrayList<>();
  final List<Workload> workloads = new ArrayList<>();
  final List<Pod> pods = new ArrayList<>();
  final List<Proxy> proxies = new ArrayList<>();
  final List<ExternalHost> externals = new ArrayList<>();

  /// Objects that are as they are written: Istio's configuration, the control plane's RBAC.
  final List<ObjectNode> objects = new ArrayList<>();

  final List<Happening> happenings = new ArrayList<>();
  final List<HelmRevision> helm = new ArrayList<>();
  final @Nullable VirtualMachine vm;

  /// Changes of objects, each asked to look at every one.
  final List<Consumer<ObjectNode>> edits = new ArrayList<>();

  /// Changes of what proxies tell of their upstream clusters.
  final List<Consumer<ObjectNode>> clusterEdits = new ArrayList<>();

  /// Remote clusters as istiod lists them.
  final List<ObjectNode> remotes = new ArrayList<>();

  /// Kinds that the API server has besides the usual ones.
  final List<ApiKind> kinds = new ArrayList<>();

  private final Map<String, ServicePlan> plans = new LinkedHashMap<>();

  Mesh(MeshPlan plan) {
    this.plan = plan;
    this.created = plan.time().minus(Duration.ofDays(18));
    this.rolled = plan.time().minus(AGE);
    this.vm = plan.vm() ? new VirtualMachine() : null;
    plan.services().forEach(service -> plans.put(service.name(), service));
    objects.addAll(
        templates.fillAll(
            "kubernetes/control-plane.yaml",
            Map.of("created", created.toString(), "istioVersion", ISTIO)));
    if (!plan.config().isEmpty()) {
      objects.addAll(templates.fillAll("kubernetes/" + plan.config(), Map.of()));
    }
    addPlatform();
    plan.services().forEach(this::addService);
    if (vm != null) {
      addVirtualMachine();
    }
    addExternals();
    helm.addAll(HelmRevision.healthy(created, rolled));
    pods.sort(Comparator.comparing((Pod p) -> p.workload.namespace()).thenComparing(p -> p.name));
    proxies.sort(Comparator.comparing(p -> p.id.toString()));
  }

  private void addPlatform() {
    add(
        new Service(
            "default",
            "kubernetes",
            "10.96.0.1",
            Map.of(),
            List.of(new Port("https", 443, 6443, "TCP"))));
    add(
        new Service(
            "kube-system",
            "kube-dns",
            "10.96.0.10",
            Map.of("k8s-app", "kube-dns"),
            List.of(
                new Port("dns", 53, 53, "UDP"),
                new Port("dns-tcp", 53, 53, "TCP"),
                new Port("metrics", 9153, 9153, "TCP"))));
    addPods(
        workload(
            Role.DNS,
            "kube-system",
            "coredns",
            "kube-dns",
            "",
            "coredns",
            "registry.k8s.io/coredns/coredns:v1.12.1",
            List.of(53),
            2,
            false,
            Map.of("k8s-app", "kube-dns")));
    add(
        new Service(
            SYSTEM,
            "istiod",
            serviceIp(),
            Map.of("app", "istiod", "istio", "pilot"),
            List.of(
                new Port("grpc-xds", 15010, 15010, "TCP"),
                new Port("https-dns", 15012, 15012, "TCP"),
                new Port("https-webhook", 443, 15017, "TCP"),
                new Port("http-monitoring", 15014, 15014, "TCP"))));
    addPods(
        workload(
            Role.ISTIOD,
            SYSTEM,
            "istiod",
            "istiod",
            "",
            "istiod",
            "docker.io/istio/pilot:" + ISTIO,
            List.of(8080, 15010, 15012, 15017),
            plan.istiodReplicas(),
            false,
            Map.of("istio", "pilot", "istio.io/rev", "default")));
    add(
        new Service(
            SYSTEM,
            GATEWAY,
            serviceIp(),
            Map.of("app", GATEWAY, "istio", "ingressgateway"),
            List.of(
                new Port("status-port", 15021, 15021, "TCP"),
                new Port("http2", 80, 8080, "TCP"),
                new Port("https", 443, 8443, "TCP"))));
    addPods(
        workload(
            Role.GATEWAY,
            SYSTEM,
            GATEWAY,
            GATEWAY,
            "",
            GATEWAY,
            "docker.io/istio/proxyv2:" + ISTIO,
            List.of(15021, 8080, 8443),
            1,
            false,
            Map.of("istio", "ingressgateway", "istio.io/rev", "default")));
  }

  private void addService(ServicePlan service) {
    add(
        new Service(
            service.namespace(),
            service.name(),
            serviceIp(),
            Map.of("app", service.name()),
            List.of(new Port("http", service.port(), service.port(), "TCP"))));
    for (var version : service.versions()) {
      addPods(
          workload(
              Role.APPLICATION,
              service.namespace(),
              service.name() + "-" + version.version(),
              service.name(),
              version.version(),
              service.namespace() + "-" + service.name(),
              "registry.example.com/%s/%s:%s.4.0"
                  .formatted(service.namespace(), service.name(), version.version().substring(1)),
              List.of(service.port()),
              version.replicas(),
              version.nativeSidecar(),
              Map.of("version", version.version())));
    }
  }

  private void addVirtualMachine() {
    add(
        new Service(
            VirtualMachine.NAMESPACE,
            VirtualMachine.GROUP,
            serviceIp(),
            Map.of("app", VirtualMachine.GROUP),
            List.of(new Port("http", VirtualMachine.PORT, VirtualMachine.PORT, "TCP"))));
    proxies.add(
        new Proxy(
            new ProxyId(VirtualMachine.HOST, VirtualMachine.NAMESPACE),
            VirtualMachine.ADDRESS,
            VirtualMachine.GROUP,
            VirtualMachine.VERSION,
            VirtualMachine.ACCOUNT,
            null,
            proxies.size() % plan.istiodReplicas(),
            proxies.size() + 1,
            certificateFrom()));
  }

  private void addExternals() {
    for (var object : List.copyOf(objects)) {
      if (isOf(object, "ServiceEntry")) {
        object
            .path("status")
            .path("addresses")
            .forEach(
                address -> {
                  var value = address.path("value").stringValue();
                  if (value.indexOf(':') < 0) {
                    externals.add(
                        new ExternalHost(
                            text(object, "namespace"),
                            text(object, "name"),
                            address.path("host").stringValue(),
                            value));
                  }
                });
      }
    }
    if (plan.externalHosts() > 0) {
      addManyExternals(plan.services().getFirst().namespace());
    }
  }

  private void addManyExternals(String namespace) {
    List<JsonNode> hosts = new ArrayList<>();
    List<JsonNode> addresses = new ArrayList<>();
    for (var i = 0; i < plan.externalHosts(); i++) {
      var host = "host-%05d.example.com".formatted(i);
      var address = "240.240.%d.%d".formatted(1 + i / PER_SUBNET, 1 + i % PER_SUBNET);
      externals.add(new ExternalHost(namespace, "external", host, address));
      hosts.add(Tree.of(host));
      addresses.add(Tree.object("host", host, "value", address));
    }
    objects.add(
        Tree.object(
            "apiVersion",
            "networking.istio.io/v1",
            "kind",
            "ServiceEntry",
            "metadata",
            Tree.object("generation", 1, "name", "external", "namespace", namespace),
            "spec",
            Tree.object(
                "hosts",
                hosts,
                "location",
                "MESH_EXTERNAL",
                "ports",
                Tree.array(
                    Tree.object("name", "tls", "number", ExternalHost.PORT, "protocol", "TLS")),
                "resolution",
                "DNS"),
            "status",
            Tree.object("addresses", addresses)));
  }

  private Workload workload(
      Role role,
      String namespace,
      String name,
      String app,
      String version,
      String account,
      String image,
      List<Integer> ports,
      int replicas,
      boolean nativeSidecar,
      Map<String, String> labels) {
    var all = new LinkedHashMap<String, String>();
    if (role != Role.DNS) {
      all.put("app", app);
    }
    labels.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(label -> all.put(label.getKey(), label.getValue()));
    var hash = Names.suffix(plan.seed(), namespace + "/" + name, 10);
    var workload =
        new Workload(
            role,
            namespace,
            name,
            hash,
            app,
            version,
            all,
            account,
            image,
            ports,
            replicas,
            nativeSidecar);
    workloads.add(workload);
    return workload;
  }

  private void addPods(Workload workload) {
    for (var i = 0; i < workload.replicas(); i++) {
      addPod(workload, i, workload.role() == Role.APPLICATION || workload.role() == Role.GATEWAY);
    }
  }

  /// Adds one more pod to a workload.
  Pod addPod(Workload workload, int index, boolean injected) {
    var place = pods.size();
    var node = place % NODES;
    var ip =
        "10.244.%d.%d"
            .formatted(
                node + NODES * (place / (NODES * PER_SUBNET)), 2 + place / NODES % PER_SUBNET);
    var name =
        workload.replicaSet()
            + "-"
            + Names.suffix(plan.seed(), workload.namespace() + "/" + workload.name() + index, 5);
    var pod = new Pod(workload, name, ip, node, rolled.plusSeconds(place % 40));
    if (injected) {
      var proxy =
          new Proxy(
              new ProxyId(name, workload.namespace()),
              ip,
              workload.app(),
              workload.version(),
              workload.account(),
              pod,
              proxies.size() % plan.istiodReplicas(),
              proxies.size() + 1,
              certificateFrom());
      pod.proxy = proxy;
      proxies.add(proxy);
    }
    pods.add(pod);
    return pod;
  }

  private void add(Service service) {
    services.add(service);
  }

  private String serviceIp() {
    var place = services.size();
    return "10.96.%d.%d".formatted(1 + place / PER_SUBNET, 20 + place % 200);
  }

  private Instant certificateFrom() {
    return rolled.minusSeconds(120);
  }

  /// Which service of the plan this is, if it is one.
  Optional<ServicePlan> planOf(String service) {
    return Optional.ofNullable(plans.get(service));
  }

  /// The service of this name.
  Service service(String name) {
    return services.stream()
        .filter(s -> s.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("the mesh has no service " + name));
  }

  /// The service of this name, or else the last application, so that faults fit any mesh.
  Service serviceOrLast(String name) {
    var plan = planOf(name).orElseGet(this.plan.services()::getLast);
    return service(plan.name());
  }

  /// The first pod of a service's workloads.
  Pod podOf(Service service, String version) {
    return pods.stream()
        .filter(p -> p.workload.app().equals(service.name()))
        .filter(p -> version.isEmpty() || p.workload.version().equals(version))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no pod of " + service.name()));
  }

  /// The proxy of the first pod of a service.
  Proxy proxyOf(Service service) {
    return proxies.stream()
        .filter(p -> p.app.equals(service.name()) && p.id.namespace().equals(service.namespace()))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no proxy of " + service.name()));
  }

  Pod gateway() {
    return pods.stream()
        .filter(p -> p.workload.role() == Role.GATEWAY)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("the mesh has no gateway"));
  }

  List<Pod> istiods() {
    return pods.stream().filter(p -> p.workload.role() == Role.ISTIOD).toList();
  }

  /// The services that a proxy is told of.
  List<Service> visibleTo(Proxy proxy) {
    return services.stream()
        .filter(
            s ->
                !plan.scoped()
                    || proxy.isGateway()
                    || s.namespace().equals(proxy.id.namespace())
                    || s.namespace().equals(SYSTEM))
        .toList();
  }

  List<String> namespaces() {
    var names = new TreeSet<>(List.of("default", SYSTEM, "kube-system"));
    plan.services().forEach(service -> names.add(service.namespace()));
    return List.copyOf(names);
  }

  boolean isInjected(String namespace) {
    return plan.services().stream().anyMatch(s -> s.namespace().equals(namespace));
  }

  /// Every kind that its API server has.
  List<ApiKind> allKinds() {
    var all = new ArrayList<>(ApiKind.all());
    all.addAll(kinds);
    return all;
  }

  /// The objects of a kind that are as they are written.
  List<ObjectNode> written(String kind) {
    return objects.stream().filter(object -> isOf(object, kind)).toList();
  }

  private static boolean isOf(ObjectNode object, String kind) {
    return object.path("kind").stringValue().equals(kind);
  }

  /// A text of an object's metadata; empty where it has none.
  static String text(JsonNode object, String field) {
    return object.path("metadata").path(field).asString("");
  }
}
