package io.bugreport.collector.pods;

import io.bugreport.collector.selection.Candidate;
import io.bugreport.collector.selection.Role;
import io.bugreport.model.resource.Field;
import io.bugreport.model.resource.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What the plan needs to know of a pod.
///
/// @param role what it is to the mesh
/// @param kind the kind of the workload it belongs to, such as `Deployment`; `Pod` for bare pods
/// @param workload the workload's name; empty for bare pods
/// @param node empty where it is not scheduled
public record Pod(
    String namespace,
    String name,
    Role role,
    String kind,
    String workload,
    String node,
    List<Container> containers) {

  private static final Set<String> EXTERNAL_CA =
      Set.of("EXTERNAL_CA", "K8S_SIGNER", "CERT_SIGNER_DOMAIN");

  public Pod {
    containers = List.copyOf(containers);
  }

  /// Reads a Kubernetes `Pod`.
  public static Pod of(Node.Mapping object) {
    var pod = new Field("", "", object);
    Map<String, Field> statuses = new LinkedHashMap<>();
    for (var list :
        List.of("initContainerStatuses", "containerStatuses", "ephemeralContainerStatuses")) {
      pod.fields("status." + list + ".*").forEach(s -> statuses.put(s.text("name"), s));
    }
    List<Container> containers = new ArrayList<>();
    for (var list : List.of("initContainers", "containers", "ephemeralContainers")) {
      for (var container : pod.fields("spec." + list + ".*")) {
        var name = container.text("name");
        containers.add(container(name, Optional.ofNullable(statuses.get(name)), pod));
      }
    }
    var owner = Owner.of(pod);
    return new Pod(
        pod.text("metadata.namespace"),
        pod.text("metadata.name"),
        Roles.of(pod),
        owner.kind(),
        owner.name(),
        pod.text("spec.nodeName"),
        containers);
  }

  /// This pod as selections look at it.
  ///
  /// @param object the Kubernetes `Pod` that it was read from
  public Candidate candidate(Node.Mapping object) {
    var pod = new Field("", "", object);
    return new Candidate(
        namespace,
        kind,
        workload,
        name,
        role,
        texts(pod.field("metadata.labels")),
        texts(pod.field("metadata.annotations")),
        containers.stream().map(Container::name).toList());
  }

  /// Whether an istiod has certificates signed by Kubernetes' CSR API or another CA: by its
  /// environment, see "Kubernetes CSR" and "Custom CA Integration" in Istio's documentation.
  ///
  /// @param object the Kubernetes `Pod`
  public static boolean asksExternalCa(Node.Mapping object) {
    return new Field("", "", object)
        .fields("spec.containers.*.env.*").stream()
            .anyMatch(
                variable ->
                    EXTERNAL_CA.contains(variable.text("name"))
                        && !variable.text("value").isEmpty());
  }

  private static Map<String, String> texts(Optional<Field> mapping) {
    Map<String, String> texts = new LinkedHashMap<>();
    if (mapping.isPresent() && mapping.get().node() instanceof Node.Mapping(var fields, _, _)) {
      fields.forEach((key, value) -> texts.put(key, new Field("", "", value).text()));
    }
    return texts;
  }

  /// Whether something seems wrong with it: then it is looked at before its neighbours.
  boolean isTroubled() {
    return containers.stream().anyMatch(c -> c.restarts() > 0 || !c.started());
  }

  private static Container container(String name, Optional<Field> status, Field pod) {
    var running = status.flatMap(s -> s.field("state.running")).isPresent();
    var terminated =
        status.flatMap(s -> s.field("state.terminated")).isPresent()
            || status.flatMap(s -> s.field("lastState.terminated")).isPresent();
    var restarts = status.flatMap(s -> s.field("restartCount")).flatMap(Field::number).orElse(0);
    var waiting =
        status
            .map(s -> s.text("state.waiting.reason"))
            .filter(reason -> !reason.isEmpty())
            .orElseGet(() -> "the pod is " + pod.text("status.phase"));
    return new Container(name, running, running || terminated, restarts, waiting);
  }

  /// The container of this name, if it runs.
  public Optional<Container> running(String container) {
    return containers.stream().filter(c -> c.running() && c.name().equals(container)).findFirst();
  }
}
