package io.bugreport.app.serve.api;

import static io.bugreport.app.serve.api.JsonText.at;
import static io.bugreport.app.serve.api.JsonText.text;

import java.util.List;
import tools.jackson.databind.JsonNode;

/// The columns of pods, with the one word that says how a pod is.
final class PodColumns {
  private PodColumns() {}

  static List<Column> of(Ages ages) {
    return List.of(
        Column.text("Ready", PodColumns::ready),
        Column.text("Status", PodColumns::status),
        Column.text("Restarts", pod -> restarts(pod, ages)),
        Column.age(ages),
        Column.wide("IP", pod -> Columns.orNone(text(pod, "status", "podIP"))),
        Column.wide("Node", pod -> Columns.orNone(text(pod, "spec", "nodeName"))),
        Column.wide(
            "Nominated Node", pod -> Columns.orNone(text(pod, "status", "nominatedNodeName"))),
        Column.wide("Readiness Gates", pod -> gates(pod)));
  }

  private static String ready(JsonNode pod) {
    var total = at(pod, "spec", "containers").size();
    var ready = 0;
    for (var status : at(pod, "status", "containerStatuses")) {
      ready += status.path("ready").asBoolean(false) ? 1 : 0;
    }
    for (var container : at(pod, "spec", "initContainers")) {
      if (isSidecar(container)) {
        total++;
        for (var status : at(pod, "status", "initContainerStatuses")) {
          if (text(status, "name").equals(text(container, "name"))
              && status.path("ready").asBoolean(false)) {
            ready++;
          }
        }
      }
    }
    return ready + "/" + total;
  }

  /// Init containers that keep running: Kubernetes' own sidecars.
  private static boolean isSidecar(JsonNode initContainer) {
    return text(initContainer, "restartPolicy").equals("Always");
  }

  private static String status(JsonNode pod) {
    if (!at(pod, "metadata", "deletionTimestamp").isMissingNode()) {
      return text(pod, "status", "reason").equals("NodeLost") ? "Unknown" : "Terminating";
    }
    var initializing = initStatus(pod);
    if (!initializing.isEmpty()) {
      return initializing;
    }
    var phase = text(pod, "status", "phase");
    var status = text(pod, "status", "reason").isEmpty() ? phase : text(pod, "status", "reason");
    var running = false;
    for (var container : at(pod, "status", "containerStatuses")) {
      var state = container.path("state");
      var waiting = text(state, "waiting", "reason");
      if (!waiting.isEmpty()) {
        status = waiting;
      } else if (state.has("terminated")) {
        status = terminated(state.path("terminated"));
      } else if (state.has("running") && container.path("ready").asBoolean(false)) {
        running = true;
      }
    }
    return status.equals("Completed") && running ? "Running" : status;
  }

  private static String initStatus(JsonNode pod) {
    var containers = at(pod, "spec", "initContainers");
    var index = 0;
    for (var status : at(pod, "status", "initContainerStatuses")) {
      var state = status.path("state");
      var sidecar = isSidecar(containers.path(index));
      index++;
      if (text(state, "terminated", "exitCode").equals("0")
          || (sidecar && status.path("started").asBoolean(false))) {
        continue;
      }
      if (state.has("terminated")) {
        return "Init:" + terminated(state.path("terminated"));
      }
      var waiting = text(state, "waiting", "reason");
      if (!waiting.isEmpty() && !waiting.equals("PodInitializing")) {
        return "Init:" + waiting;
      }
      return "Init:" + (index - 1) + "/" + containers.size();
    }
    return "";
  }

  private static String terminated(JsonNode terminated) {
    var reason = text(terminated, "reason");
    if (!reason.isEmpty()) {
      return reason;
    }
    var signal = terminated.path("signal").asInt(0);
    return signal != 0 ? "Signal:" + signal : "ExitCode:" + text(terminated, "exitCode");
  }

  private static String restarts(JsonNode pod, Ages ages) {
    var count = 0;
    var last = "";
    for (var status : at(pod, "status", "containerStatuses")) {
      count += status.path("restartCount").asInt(0);
      var finished = text(status, "lastState", "terminated", "finishedAt");
      last = finished.compareTo(last) > 0 ? finished : last;
    }
    return count == 0 || last.isEmpty()
        ? String.valueOf(count)
        : count + " (" + ages.since(last) + " ago)";
  }

  private static String gates(JsonNode pod) {
    var gates = at(pod, "spec", "readinessGates");
    if (gates.isEmpty()) {
      return "<none>";
    }
    var open = 0;
    for (var gate : gates) {
      for (var condition : at(pod, "status", "conditions")) {
        if (text(condition, "type").equals(text(gate, "conditionType"))
            && text(condition, "status").equals("True")) {
          open++;
        }
      }
    }
    return open + "/" + gates.size();
  }
}
