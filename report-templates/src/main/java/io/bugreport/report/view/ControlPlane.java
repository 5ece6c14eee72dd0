package io.bugreport.report.view;

import io.bugreport.model.endpoint.Endpoint;
import io.bugreport.model.istiod.SyncStatus;
import io.bugreport.model.resource.Field;
import io.bugreport.model.resource.Resource;
import io.bugreport.model.resource.ResourceKind;
import io.bugreport.model.snapshot.Answer;
import io.bugreport.model.snapshot.Cluster;
import io.bugreport.model.snapshot.Snapshot;
import io.bugreport.report.mesh.Reading;
import io.bugreport.report.view.Table.Cell;
import io.bugreport.report.view.Table.Column;
import io.bugreport.report.view.Table.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Every istiod, and the webhooks through which it changes and checks objects.
final class ControlPlane {
  private static final String UNKNOWN = "not collected";

  private final Reading reading = new Reading();

  private ControlPlane() {}

  /// The replicas.
  static Table replicas(Snapshot snapshot) {
    var plane = new ControlPlane();
    List<Row> rows = new ArrayList<>();
    snapshot.clusters().forEach(cluster -> rows.addAll(plane.replicas(cluster)));
    return new Table(
        "istiods",
        "Control plane replicas",
        List.of(
            Column.text("Cluster"),
            Column.text("Pod"),
            Column.text("Revision"),
            Column.text("Version"),
            Column.text("Ready"),
            Column.number("Restarts"),
            Column.number("Proxies connected"),
            Column.number("of them behind")),
        rows,
        plane.reading.notes(),
        "No istiod was seen: the mesh is perhaps governed from another cluster.");
  }

  private List<Row> replicas(Cluster cluster) {
    Map<String, String> versions = texts(cluster, Endpoint.ISTIOD_VERSION);
    Map<String, String> ready = texts(cluster, Endpoint.ISTIOD_READY);
    Map<String, List<SyncStatus>> sync = new HashMap<>();
    for (var answer : cluster.answers(Endpoint.ISTIOD_SYNCZ)) {
      reading.read(answer, SyncStatus::read).ifPresent(rows -> sync.put(pod(answer), rows));
    }
    List<Row> rows = new ArrayList<>();
    for (var pod : reading.all(cluster, ResourceKind.POD)) {
      if (!"istiod".equals(pod.labels().get("app"))) {
        continue;
      }
      var name = pod.namespace() + "/" + pod.name();
      var proxies = sync.get(name);
      var restarts =
          pod.fields("status.containerStatuses.*.restartCount").stream()
              .mapToInt(field -> field.number().orElse(0))
              .sum();
      var version = versions.get(name);
      rows.add(
          new Row(
              pod.namespace(),
              List.of(
                  Cell.name(cluster.name()),
                  Cell.name(name),
                  Cell.of(pod.labels().getOrDefault("istio.io/rev", "")),
                  version == null
                      ? Cell.marked(UNKNOWN, Tone.UNKNOWN)
                      : Cell.of(Istio.release(version)),
                  readiness(pod, ready.get(name) != null),
                  restarts == 0 ? Cell.number(0) : Cell.number(restarts).toned(Tone.WARNING),
                  proxies == null
                      ? Cell.marked(UNKNOWN, Tone.UNKNOWN)
                      : Cell.number(proxies.size()),
                  proxies == null ? Cell.of("") : behind(proxies))));
    }
    return rows;
  }

  private Map<String, String> texts(Cluster cluster, Endpoint endpoint) {
    Map<String, String> texts = new HashMap<>();
    for (var answer : cluster.answers(endpoint)) {
      reading.text(answer).ifPresent(text -> texts.put(pod(answer), text));
    }
    return texts;
  }

  private static String pod(Answer answer) {
    return answer.from().namespace() + "/" + answer.from().pod();
  }

  private static Cell readiness(Resource pod, boolean answered) {
    var ready =
        pod.fields("status.conditions.*").stream()
            .filter(condition -> condition.text("type").equals("Ready"))
            .map(condition -> condition.text("status"))
            .findFirst()
            .orElse("");
    return switch (ready) {
      case "True" -> Cell.of(answered ? "yes" : "yes, by its pod");
      case "False" -> Cell.marked("no", Tone.ERROR);
      default -> Cell.marked("unknown", Tone.UNKNOWN);
    };
  }

  private static Cell behind(List<SyncStatus> proxies) {
    var behind =
        proxies.stream()
            .filter(p -> p.byType().values().stream().anyMatch(SyncStatus.TypeStatus::isBehind))
            .count();
    return behind == 0 ? Cell.number(0) : Cell.number(behind).toned(Tone.WARNING);
  }

  /// The webhooks that lead to istiod.
  static Table webhooks(Snapshot snapshot) {
    var plane = new ControlPlane();
    var rows = new TreeMap<String, Row>();
    for (var cluster : snapshot.clusters()) {
      for (var kind : List.of(ResourceKind.MUTATING_WEBHOOK, ResourceKind.VALIDATING_WEBHOOK)) {
        for (var configuration : plane.reading.all(cluster, kind)) {
          for (var webhook : configuration.fields("webhooks.*")) {
            if (webhook.text("name").endsWith(".istio.io")) {
              rows.put(
                  cluster.name() + " " + configuration.id() + " " + webhook.text("name"),
                  webhook(configuration, webhook));
            }
          }
        }
      }
    }
    return new Table(
        "webhooks",
        "Webhooks of Istio",
        List.of(
            Column.text("Cluster"),
            Column.text("Configuration"),
            Column.text("Webhook"),
            Column.text("Leads to"),
            Column.text("On failure"),
            Column.text("CA bundle")),
        List.copyOf(rows.values()),
        plane.reading.notes(),
        "No webhook of Istio was collected.");
  }

  private static Row webhook(Resource configuration, Field webhook) {
    var service = webhook.text("clientConfig.service.name");
    var bundle = webhook.text("clientConfig.caBundle");
    return new Row(
        "",
        List.of(
            Cell.name(configuration.id().cluster()),
            Cell.name(configuration.name()),
            Cell.name(webhook.text("name")),
            Cell.name(
                service.isEmpty()
                    ? webhook.text("clientConfig.url")
                    : webhook.text("clientConfig.service.namespace") + "/" + service),
            Cell.of(webhook.text("failurePolicy")),
            bundle.isEmpty() ? Cell.marked("none", Tone.WARNING) : Cell.of("set")));
  }
}
