package io.bugreport.app.serve.api;

import static io.bugreport.app.serve.api.JsonText.text;

import io.bugreport.app.serve.endpoint.PodPorts;
import io.bugreport.model.archive.Layout;
import io.bugreport.model.snapshot.Cluster;
import io.bugreport.model.snapshot.Snapshot;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// One cluster of a snapshot, opened for replay: what its API server knows.
public final class ClusterApi {
  private static final ObjectType PODS = new ObjectType("", "pods");
  private static final ObjectType CRDS =
      new ObjectType("apiextensions.k8s.io", "customresourcedefinitions");

  private final Snapshot snapshot;
  private final Cluster cluster;
  private final StoredObjects objects;
  private final Coverage coverage;
  private final ApiCatalog catalog;
  private final PodPorts ports;

  /// @throws IOException when the cluster's discovery document cannot be read
  public ClusterApi(Snapshot snapshot, Cluster cluster, PodPorts ports) throws IOException {
    this.snapshot = snapshot;
    this.cluster = cluster;
    this.ports = ports;
    this.objects = new StoredObjects(snapshot, cluster);
    this.coverage = new Coverage(snapshot, cluster.name());
    this.catalog = ApiCatalog.of(objects, document(Layout.discovery(cluster.name())));
  }

  private Optional<JsonNode> document(String path) throws IOException {
    if (!snapshot.archive().has(path)) {
      return Optional.empty();
    }
    try (var in = snapshot.archive().open(path)) {
      return Optional.of(JsonText.read(path, in));
    }
  }

  ApiCatalog catalog() {
    return catalog;
  }

  PodPorts ports() {
    return ports;
  }

  Coverage coverage() {
    return coverage;
  }

  Instant collectedAt() {
    return snapshot.collectedAt();
  }

  /// The version that all lists have: a snapshot has only one.
  String resourceVersion() {
    return String.valueOf(Math.max(1, collectedAt().getEpochSecond()));
  }

  /// The recorded version of the API server, or one that claims little.
  JsonNode version() throws IOException {
    var recorded = document(Layout.version(cluster.name()));
    return recorded.isPresent()
        ? recorded.get()
        : JsonText.MAPPER
            .createObjectNode()
            .put("major", "1")
            .put("minor", "30")
            .put("gitVersion", "v1.30.0+bug-report-replay")
            .put("platform", "snapshot");
  }

  StoredObjects.Found all(ApiResource resource) {
    return objects.all(new ObjectType(resource.group(), resource.plural()));
  }

  @Nullable ObjectNode find(ApiResource resource, String namespace, String name) {
    return objects.find(new ObjectType(resource.group(), resource.plural()), namespace, name);
  }

  /// The CustomResourceDefinition of a kind, where the snapshot has it.
  Optional<ObjectNode> definition(ApiResource resource) {
    return Optional.ofNullable(
        resource.group().isEmpty()
            ? null
            : objects.find(CRDS, "", resource.plural() + "." + resource.group()));
  }

  /// A pod of the snapshot.
  JsonNode pod(String namespace, String name) throws ApiError {
    var pod = objects.find(PODS, namespace, name);
    if (pod == null) {
      throw new ApiError(404, "NotFound", "pods \"" + name + "\" not found");
    }
    return pod;
  }

  /// The container that a request means: the one it names, the only one, or the pod's default.
  String container(JsonNode pod, String asked) throws ApiError {
    List<String> names = new ArrayList<>();
    for (var list : List.of("containers", "initContainers", "ephemeralContainers")) {
      for (var container : JsonText.at(pod, "spec", list)) {
        names.add(text(container, "name"));
      }
    }
    var name = StoredObjects.name(pod);
    if (!asked.isEmpty()) {
      if (!names.contains(asked)) {
        throw ApiError.badRequest("container " + asked + " is not valid for pod " + name);
      }
      return asked;
    }
    var preferred = text(pod, "metadata", "annotations", "kubectl.kubernetes.io/default-container");
    if (names.contains(preferred)) {
      return preferred;
    }
    if (names.size() == 1) {
      return names.getFirst();
    }
    throw ApiError.badRequest(
        "a container name must be specified for pod "
            + name
            + ", choose one of: ["
            + String.join(" ", names)
            + "]");
  }

  /// A container's log.
  ///
  /// @throws ApiError where the snapshot does not hold it, with the reason that it gives
  LogReplay log(JsonNode pod, String container, LogOptions options) throws ApiError {
    var namespace = StoredObjects.namespace(pod);
    var name = StoredObjects.name(pod);
    var path = Layout.log(cluster.name(), namespace, name, container, options.run());
    if (snapshot.archive().has(path)) {
      return new LogReplay(() -> snapshot.archive().open(path), options);
    }
    var item = coverage.log(namespace, name, container, options.run());
    if (item.isPresent() && item.get().outcome().isGap()) {
      throw new ApiError(
          503,
          "ServiceUnavailable",
          "the "
              + options.run().word()
              + " log of container "
              + container
              + " in pod "
              + name
              + " is not in this snapshot: "
              + item.get().outcome().word()
              + ": "
              + item.get().reason());
    }
    if (options.run() == Layout.Run.PREVIOUS) {
      throw ApiError.badRequest(
          "previous terminated container \"" + container + "\" in pod \"" + name + "\" not found");
    }
    if (item.isPresent()) {
      return new LogReplay(java.io.InputStream::nullInputStream, options);
    }
    throw new ApiError(
        404,
        "NotFound",
        "the log of container " + container + " in pod " + name + " is not in this snapshot");
  }
}
