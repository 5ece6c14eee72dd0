package io.bugreport.app.serve.endpoint;

import io.bugreport.model.endpoint.Endpoint;
import io.bugreport.model.endpoint.Server;
import io.bugreport.model.snapshot.Answer;
import io.bugreport.model.snapshot.Cluster;
import io.bugreport.model.snapshot.CollectedItem;
import io.bugreport.model.snapshot.ItemId;
import io.bugreport.model.snapshot.Outcome;
import io.bugreport.model.snapshot.Snapshot;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What the pods of one cluster answered, by pod, port and request. Built once from the names of
/// files and the list of items; no answer is read before it is asked for.
public final class Recordings {
  /// A TCP port of a pod.
  public record PodPort(String namespace, String pod, int port) {}

  /// An item that was planned: its file, where it has one, and what came of it.
  private record Entry(Optional<Answer> answer, Optional<CollectedItem> item) {}

  private final Map<PodPort, Map<String, Entry>> entries = new HashMap<>();

  private Recordings() {}

  /// Finds all that was recorded in a cluster.
  public static Recordings of(Snapshot snapshot, Cluster cluster) {
    Map<String, CollectedItem> items = new HashMap<>();
    for (var item : snapshot.items()) {
      items.put(item.id(), item);
    }
    var recordings = new Recordings();
    for (var endpoint : Endpoint.values()) {
      for (var answer : cluster.answers(endpoint)) {
        recordings.add(answer, Optional.ofNullable(items.get(id(cluster, answer).toString())));
      }
    }
    for (var item : snapshot.items()) {
      recordings.addGap(cluster, item);
    }
    return recordings;
  }

  private static ItemId id(Cluster cluster, Answer answer) {
    var from = answer.from();
    return answer
        .about()
        .map(
            proxy ->
                ItemId.answer(
                    cluster.name(),
                    from.namespace(),
                    from.pod(),
                    from.container(),
                    answer.endpoint(),
                    proxy))
        .orElseGet(
            () ->
                ItemId.answer(
                    cluster.name(),
                    from.namespace(),
                    from.pod(),
                    from.container(),
                    answer.endpoint()));
  }

  private void add(Answer answer, Optional<CollectedItem> item) {
    var endpoint = answer.endpoint();
    var request = answer.about().map(endpoint::request).orElseGet(endpoint::request);
    put(
        answer.from().namespace(),
        answer.from().pod(),
        endpoint,
        request,
        new Entry(Optional.of(answer), item));
  }

  /// What was asked for and left no file: the reason is an answer of its own.
  private void addGap(Cluster cluster, CollectedItem item) {
    var id = item.itemId();
    if (!id.cluster().equals(cluster.name()) || id.parts().size() < 4) {
      return;
    }
    for (var server : Server.values()) {
      if (server.folder().equals(id.source())) {
        for (var endpoint : Endpoint.of(server)) {
          if (endpoint.word().equals(id.parts().get(3))
              && endpoint.isPerProxy() == (id.parts().size() > 4)) {
            var request =
                endpoint.isPerProxy()
                    ? "/debug/ndsz?proxyID=" + id.parts().get(4)
                    : endpoint.request();
            put(
                id.parts().get(0),
                id.parts().get(1),
                endpoint,
                request,
                new Entry(Optional.empty(), Optional.of(item)));
          }
        }
      }
    }
  }

  private void put(String namespace, String pod, Endpoint endpoint, String request, Entry entry) {
    for (var port : portsOf(endpoint)) {
      entries
          .computeIfAbsent(new PodPort(namespace, pod, port), _ -> new TreeMap<>())
          .putIfAbsent(RequestTarget.parse(request).key(), entry);
    }
  }

  /// The ports that answer alike. istiod has its debug endpoints on its HTTP port as well, and
  /// Envoy's metrics and readiness have listeners of their own ("Ports used by Istio").
  private static List<Integer> portsOf(Endpoint endpoint) {
    if (endpoint.server() == Server.ISTIOD) {
      return List.of(15014, 8080);
    }
    return switch (endpoint) {
      case ENVOY_PROMETHEUS -> List.of(endpoint.port(), 15090);
      case AGENT_READY -> List.of(endpoint.port(), 15021);
      default -> List.of(endpoint.port());
    };
  }

  /// Whether anything was recorded, or at least asked for, on a port.
  public boolean hasPort(PodPort port) {
    return entries.containsKey(port);
  }

  /// The answer to a GET. What was never asked for is a 404 that lists what was; what could not be
  /// had is a 503 with the reason, or the error status of then.
  ///
  /// @param target path and query
  RecordedAnswer answer(PodPort port, String target) throws IOException {
    var known = entries.getOrDefault(port, Map.of());
    var entry = known.get(RequestTarget.parse(target).key());
    if (entry == null) {
      return RecordedAnswer.text(
          404,
          "not recorded in this snapshot: "
              + target
              + "\nrecorded on port "
              + port.port()
              + " of "
              + port.namespace()
              + "/"
              + port.pod()
              + ":\n  "
              + String.join("\n  ", known.keySet())
              + "\n");
    }
    var code = entry.item().map(CollectedItem::code).orElse(0);
    if (entry.item().map(CollectedItem::outcome).orElse(Outcome.OK) == Outcome.EMPTY) {
      return RecordedAnswer.text(code == 0 ? 200 : code, "");
    }
    if (entry.answer().isEmpty()) {
      var reason = entry.item().map(CollectedItem::reason).orElse("");
      return RecordedAnswer.text(
          code >= 400 ? code : 503,
          "not in this snapshot: " + target + (reason == null ? "" : ": " + reason) + "\n");
    }
    var answer = entry.answer().get();
    return new RecordedAnswer(
        code == 0 ? 200 : code,
        answer.path().endsWith(".json") ? "application/json" : "text/plain; charset=UTF-8",
        answer.archive().size(answer.path()),
        answer::open);
  }
}
