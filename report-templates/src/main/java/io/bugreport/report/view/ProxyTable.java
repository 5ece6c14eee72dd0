package io.bugreport.report.view;

import io.bugreport.model.endpoint.Endpoint;
import io.bugreport.model.endpoint.ProxyId;
import io.bugreport.model.istiod.SyncStatus;
import io.bugreport.model.resource.Field;
import io.bugreport.model.resource.Resource;
import io.bugreport.model.resource.ResourceKind;
import io.bugreport.model.snapshot.Answer;
import io.bugreport.model.snapshot.Cluster;
import io.bugreport.model.snapshot.CollectedItem;
import io.bugreport.model.snapshot.ItemId;
import io.bugreport.model.snapshot.Snapshot;
import io.bugreport.report.mesh.Reading;
import io.bugreport.report.view.Table.Cell;
import io.bugreport.report.view.Table.Column;
import io.bugreport.report.view.Table.Row;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Every proxy of the mesh: those that answered, and those that a pod says are there.
final class ProxyTable {
  private static final Map<String, String> NAMES =
      Map.of(
          "Cluster", "clusters",
          "Listener", "listeners",
          "RouteConfiguration", "routes",
          "ClusterLoadAssignment", "endpoints",
          "NameTable", "names");
  private static final Comparator<ProxyId> ORDER =
      Comparator.comparing(ProxyId::namespace).thenComparing(ProxyId::pod);

  private final Reading reading = new Reading();
  private final Snapshot snapshot;
  private final Map<String, String> reasons = new HashMap<>();

  private ProxyTable(Snapshot snapshot) {
    this.snapshot = snapshot;
    for (var item : snapshot.items()) {
      if (item.outcome().isGap()
          && item.source().equals(Endpoint.ENVOY_SERVER_INFO.server().folder())) {
        reasons.put(item.id(), reason(item));
      }
    }
  }

  private static String reason(CollectedItem item) {
    return Coverage.word(item.outcome()) + ": " + item.reason();
  }

  static Table of(Snapshot snapshot) {
    return new ProxyTable(snapshot).table();
  }

  private Table table() {
    List<Row> rows = new ArrayList<>();
    for (var cluster : snapshot.clusters()) {
      rows.addAll(rows(cluster));
    }
    return new Table(
        "proxies",
        "Proxies",
        List.of(
            Column.text("Cluster"),
            Column.text("Proxy"),
            Column.text("Version"),
            Column.text("State"),
            Column.text("Sync"),
            Column.text("Certificate until (UTC)"),
            Column.number("Configuration")),
        rows,
        reading.notes(),
        "No pod has a proxy, as far as this snapshot shows.");
  }

  private List<Row> rows(Cluster cluster) {
    Map<ProxyId, Answer> infos = answers(cluster, Endpoint.ENVOY_SERVER_INFO);
    Map<ProxyId, Answer> certificates = answers(cluster, Endpoint.ENVOY_CERTS);
    Map<ProxyId, Answer> dumps = answers(cluster, Endpoint.ENVOY_CONFIG_DUMP);
    var sync = sync(cluster);
    var proxies = new TreeMap<ProxyId, String>(ORDER);
    infos.forEach((proxy, answer) -> proxies.put(proxy, answer.from().container()));
    for (var pod : reading.all(cluster, ResourceKind.POD)) {
      if (Istio.proxyContainer(pod).isPresent() && runs(pod) && !pod.namespace().isEmpty()) {
        proxies.putIfAbsent(new ProxyId(pod.name(), pod.namespace()), "istio-proxy");
      }
    }
    List<Row> rows = new ArrayList<>();
    proxies.forEach(
        (proxy, container) -> {
          var info = Optional.ofNullable(infos.get(proxy)).flatMap(reading::document);
          rows.add(
              new Row(
                  proxy.namespace(),
                  List.of(
                      Cell.name(cluster.name()),
                      Cell.name(proxy.namespace() + "/" + proxy.pod()),
                      Cell.of(info.map(ProxyTable::version).orElse("unknown")),
                      info.map(ProxyTable::state)
                          .orElseGet(() -> unseen(cluster, proxy, container)),
                      Optional.ofNullable(sync.get(proxy))
                          .orElseGet(() -> Cell.marked("not known to istiod here", Tone.PLAIN)),
                      Optional.ofNullable(certificates.get(proxy))
                          .flatMap(reading::document)
                          .flatMap(this::expiry)
                          .orElseGet(() -> Cell.of("unknown")),
                      size(dumps.get(proxy)))));
        });
    return rows;
  }

  private static Map<ProxyId, Answer> answers(Cluster cluster, Endpoint endpoint) {
    Map<ProxyId, Answer> answers = new HashMap<>();
    for (var answer : cluster.answers(endpoint)) {
      answers.putIfAbsent(answer.proxy(), answer);
    }
    return answers;
  }

  private static boolean runs(Resource pod) {
    var phase = pod.text("status.phase");
    return !phase.equals("Succeeded") && !phase.equals("Failed");
  }

  private static String version(Field info) {
    var istio = info.text("node.metadata.ISTIO_VERSION");
    return istio.isEmpty() ? "unknown" : istio;
  }

  private static Cell state(Field info) {
    var state = info.text("state");
    return state.equals("LIVE")
        ? Cell.of("live")
        : Cell.marked(state.isEmpty() ? "unknown" : state, Tone.WARNING);
  }

  private Cell unseen(Cluster cluster, ProxyId proxy, String container) {
    var id =
        ItemId.answer(
            cluster.name(), proxy.namespace(), proxy.pod(), container, Endpoint.ENVOY_SERVER_INFO);
    return Cell.marked(reasons.getOrDefault(id.toString(), "not collected"), Tone.UNKNOWN);
  }

  /// What each proxy acknowledged of what istiod sent it. Only the replica that a proxy is
  /// connected to knows it.
  private Map<ProxyId, Cell> sync(Cluster cluster) {
    Map<ProxyId, Cell> sync = new HashMap<>();
    for (var answer : cluster.answers(Endpoint.ISTIOD_SYNCZ)) {
      for (var row : reading.read(answer, SyncStatus::read).orElse(List.of())) {
        ProxyId.parse(row.proxy()).ifPresent(proxy -> sync.put(proxy, acknowledged(row)));
      }
    }
    return sync;
  }

  private static Cell acknowledged(SyncStatus row) {
    List<String> stale = new ArrayList<>();
    row.byType()
        .forEach(
            (type, status) -> {
              if (status.isBehind()) {
                stale.add(NAMES.getOrDefault(type, type));
              }
            });
    if (row.byType().isEmpty()) {
      return Cell.marked("nothing was sent yet", Tone.WARNING);
    }
    return stale.isEmpty()
        ? Cell.of("acknowledged")
        : Cell.marked("not acknowledged: " + String.join(", ", stale), Tone.WARNING);
  }

  /// The first expiry in the chains that a proxy shows to others.
  private Optional<Cell> expiry(Field certificates) {
    return certificates.fields("certificates.*.cert_chain.*.expiration_time").stream()
        .flatMap(field -> instant(field.text()).stream())
        .min(Comparator.naturalOrder())
        .map(
            until ->
                until.isBefore(snapshot.collectedAt())
                    ? Cell.marked(Wording.time(until) + ", expired", Tone.ERROR)
                    : Cell.of(Wording.time(until)));
  }

  private static Optional<Instant> instant(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeParseException _) {
      return Optional.empty();
    }
  }

  private Cell size(@Nullable Answer dump) {
    if (dump == null) {
      return Cell.of("");
    }
    try {
      return Cell.bytes(snapshot.archive().size(dump.path()));
    } catch (IOException e) {
      return Cell.of("unreadable: " + e.getMessage());
    }
  }
}
