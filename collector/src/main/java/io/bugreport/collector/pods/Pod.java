package io.bugreport.collector.pods;

import io.bugreport.model.resource.Field;
import io.bugreport.model.resource.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the plan needs to know of a pod.
///
/// @param app its label `app`, or empty
/// @param node empty where it is not scheduled
public record Pod(
    String namespace, String name, String app, String node, List<Container> containers) {

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
    return new Pod(
        pod.text("metadata.namespace"),
        pod.text("metadata.name"),
        pod.text("metadata.labels.app"),
        pod.text("spec.nodeName"),
        containers);
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
