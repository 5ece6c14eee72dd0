package io.bugreport.app.synthetic;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/// All objects of a mesh's API server, one kind at a time.
final class KubernetesObjects {
  private final Mesh mesh;
  private final WorkloadObjects workloads;
  private final ServiceObjects services;
  private final ControlPlaneObjects controlPlane;

  KubernetesObjects(Mesh mesh) {
    this.mesh = mesh;
    this.workloads = new WorkloadObjects(mesh);
    this.services = new ServiceObjects(mesh);
    this.controlPlane = new ControlPlaneObjects(mesh);
  }

  /// The objects of a kind, sorted by name, made as they are asked for.
  ///
  /// @param namespace empty for cluster-scoped kinds
  Stream<ObjectNode> all(ApiKind kind, String namespace) {
    var written =
        mesh.objects.stream()
            .filter(object -> object.path("kind").stringValue().equals(kind.kind()))
            .filter(
                object ->
                    object.path("apiVersion").stringValue().equals(kind.apiVersion())
                        && Mesh.text(object, "namespace").equals(namespace))
            .map(ObjectNode::deepCopy);
    var made =
        kind.group().equals("gateway.networking.k8s.io")
            ? Stream.<ObjectNode>of()
            : made(kind, namespace);
    if (kind.kind().equals("Pod")) {
      return made.map(object -> completed(object, kind)); // sorted, and too many to hold
    }
    return Stream.concat(written, made)
        .map(object -> completed(object, kind))
        .sorted(Comparator.comparing(object -> Mesh.text(object, "name")));
  }

  private Stream<ObjectNode> made(ApiKind kind, String namespace) {
    return switch (kind.plural()) {
      case "pods" -> workloads.pods(namespace);
      case "deployments" -> workloads.deployments(namespace);
      case "replicasets" -> workloads.replicaSets(namespace);
      case "services" -> services.services(namespace);
      case "endpointslices" -> services.slices(namespace);
      case "endpoints" -> services.endpoints(namespace);
      case "serviceaccounts" -> controlPlane.accounts(namespace);
      case "configmaps" -> controlPlane.configMaps(namespace);
      case "secrets" -> controlPlane.secrets(namespace);
      case "leases" -> controlPlane.leases(namespace);
      case "events" -> controlPlane.events(namespace);
      case "workloadentries" -> controlPlane.workloadEntries(namespace);
      case "namespaces" -> controlPlane.namespaces();
      case "nodes" -> controlPlane.nodes();
      case "customresourcedefinitions" -> controlPlane.definitions();
      case "mutatingwebhookconfigurations", "validatingwebhookconfigurations" ->
          controlPlane.webhooks().filter(w -> w.path("kind").stringValue().equals(kind.kind()));
      default -> Stream.of();
    };
  }

  /// Adds what the API server adds to every object.
  private ObjectNode completed(ObjectNode object, ApiKind kind) {
    var given = (ObjectNode) object.path("metadata");
    var namespace = Mesh.text(object, "namespace");
    var name = Mesh.text(object, "name");
    Map<String, JsonNode> fields = new HashMap<>();
    fields.put("creationTimestamp", Tree.of(mesh.created.toString()));
    given.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
    fields.put("uid", Tree.of(uid(kind.kind(), namespace, name)));
    fields.put(
        "resourceVersion",
        Tree.of(
            String.valueOf(
                10_000
                    + Names.number(
                        mesh.plan.seed(), kind.kind() + namespace + "/" + name, 80_000))));
    var metadata = Tree.object();
    fields.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(field -> metadata.set(field.getKey(), field.getValue()));
    object.set("metadata", metadata);
    mesh.edits.forEach(edit -> edit.accept(object));
    return object;
  }

  /// The uid of an object.
  static String uid(String kind, String namespace, String name) {
    return Names.uuid(kind + "/" + namespace + "/" + name);
  }

  /// `discovery.json`: what the API server offers, in the form of aggregated discovery
  /// (`apidiscovery.k8s.io/v2`), the core group among the named ones.
  ObjectNode discovery() {
    Map<String, Map<String, List<JsonNode>>> groups = new LinkedHashMap<>();
    for (var kind : mesh.allKinds()) {
      groups
          .computeIfAbsent(kind.group(), _ -> new LinkedHashMap<>())
          .computeIfAbsent(kind.version(), _ -> new ArrayList<>())
          .add(resource(kind));
    }
    List<JsonNode> items = new ArrayList<>();
    groups.forEach(
        (group, versions) -> {
          List<JsonNode> list = new ArrayList<>();
          versions.forEach(
              (version, resources) ->
                  list.add(
                      Tree.object(
                          "version", version, "resources", resources, "freshness", "Current")));
          items.add(
              Tree.object(
                  "metadata",
                  Tree.object("name", group, "creationTimestamp", NullNode.getInstance()),
                  "versions",
                  list));
        });
    return Tree.object(
        "kind",
        "APIGroupDiscoveryList",
        "apiVersion",
        "apidiscovery.k8s.io/v2",
        "metadata",
        Tree.object(),
        "items",
        items);
  }

  private static ObjectNode resource(ApiKind kind) {
    List<JsonNode> subresources = new ArrayList<>();
    for (var name : kind.subresources()) {
      subresources.add(
          Tree.object(
              "subresource",
              name,
              "responseKind",
              responseKind(kind),
              "verbs",
              Tree.array(verbs(name))));
    }
    return Tree.object(
        "resource",
        kind.plural(),
        "responseKind",
        responseKind(kind),
        "scope",
        kind.namespaced() ? "Namespaced" : "Cluster",
        "singularResource",
        kind.singular(),
        "verbs",
        Tree.array(
            "create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"),
        "shortNames",
        names(kind.shortNames()),
        "categories",
        names(categories(kind)),
        "subresources",
        subresources.isEmpty() ? Tree.ABSENT : Tree.of(subresources));
  }

  private static Object[] verbs(String subresource) {
    return switch (subresource) {
      case "log" -> new Object[] {"get"};
      case "exec", "attach", "portforward" -> new Object[] {"create", "get"};
      case "eviction", "token" -> new Object[] {"create"};
      case "proxy" -> new Object[] {"create", "delete", "get", "patch", "update"};
      case "finalize" -> new Object[] {"update"};
      default -> new Object[] {"get", "patch", "update"};
    };
  }

  private static ObjectNode responseKind(ApiKind kind) {
    return Tree.object("group", kind.group(), "version", kind.version(), "kind", kind.kind());
  }

  static String categories(ApiKind kind) {
    if (kind.group().endsWith("istio.io")) {
      return "istio-io," + kind.group().replace('.', '-');
    }
    if (kind.group().startsWith("gateway.")) {
      return "gateway-api";
    }
    return switch (kind.plural()) {
      case "pods",
          "services",
          "deployments",
          "replicasets",
          "daemonsets",
          "statefulsets",
          "jobs",
          "cronjobs",
          "replicationcontrollers",
          "horizontalpodautoscalers" ->
          "all";
      case "customresourcedefinitions",
          "mutatingwebhookconfigurations",
          "validatingwebhookconfigurations" ->
          "api-extensions";
      default -> "";
    };
  }

  static JsonNode names(String joined) {
    return joined.isEmpty() ? Tree.ABSENT : Tree.of(List.of(joined.split(",", -1)));
  }
}
