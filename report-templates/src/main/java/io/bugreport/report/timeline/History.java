package io.bugreport.report.timeline;

import io.bugreport.model.endpoint.Endpoint;
import io.bugreport.model.istiod.SyncStatus;
import io.bugreport.model.resource.Field;
import io.bugreport.model.resource.Resource;
import io.bugreport.model.resource.ResourceKind;
import io.bugreport.model.snapshot.Cluster;
import io.bugreport.model.snapshot.Snapshot;
import io.bugreport.report.certificates.KnownCertificate;
import io.bugreport.report.logs.Burst;
import io.bugreport.report.logs.LogSurvey;
import io.bugreport.report.mesh.Reading;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Gathers what a snapshot says of times.
public final class History {
  private static final Duration SOON = Duration.ofDays(30);
  private static final int BURST = 3;

  private final Snapshot snapshot;
  private final Reading reading;
  private final Set<Moment> moments = new TreeSet<>(Moment.ORDER);

  private History(Snapshot snapshot, Reading reading) {
    this.snapshot = snapshot;
    this.reading = reading;
  }

  /// All moments, the newest first.
  public static List<Moment> of(
      Snapshot snapshot, LogSurvey logs, List<KnownCertificate> certificates, Reading reading) {
    var history = new History(snapshot, reading);
    for (var cluster : snapshot.clusters()) {
      history.restarts(cluster);
      history.deployments(cluster);
      history.changes(cluster);
      history.events(cluster);
      history.pushes(cluster);
    }
    logs.bursts().forEach(history::burst);
    certificates.forEach(history::certificate);
    return List.copyOf(history.moments);
  }

  private void restarts(Cluster cluster) {
    for (var pod : reading.all(cluster, ResourceKind.POD)) {
      for (var status : pod.fields("status.containerStatuses.*")) {
        var reason = status.text("lastState.terminated.reason");
        var code = status.text("lastState.terminated.exitCode");
        add(
            status.text("lastState.terminated.finishedAt"),
            Lane.RESTART,
            pod,
            status.text("name")
                + " ended"
                + (reason.isEmpty() ? "" : ": " + reason)
                + (code.isEmpty() ? "" : ", exit code " + code),
            status.field("restartCount").flatMap(Field::number).orElse(1),
            !reason.equals("Completed"));
      }
    }
  }

  private void deployments(Cluster cluster) {
    for (var set : reading.all(cluster, ResourceKind.REPLICA_SET)) {
      var revision = set.annotations().getOrDefault("deployment.kubernetes.io/revision", "");
      add(
          set.text("metadata.creationTimestamp"),
          Lane.DEPLOYMENT,
          set,
          revision.isEmpty() ? "created" : "created as revision " + revision,
          1,
          false);
    }
    for (var deployment : reading.all(cluster, ResourceKind.DEPLOYMENT)) {
      for (var condition : deployment.fields("status.conditions.*")) {
        if (condition.text("type").equals("Progressing")) {
          add(
              condition.text("lastUpdateTime"),
              Lane.DEPLOYMENT,
              deployment,
              "rollout: " + condition.text("reason"),
              1,
              condition.text("status").equals("False"));
        }
      }
    }
  }

  private void changes(Cluster cluster) {
    for (var kind : ResourceKind.values()) {
      if (isConfiguration(kind)) {
        reading.all(cluster, kind).forEach(this::change);
      }
    }
  }

  private void change(Resource object) {
    var created = object.text("metadata.creationTimestamp");
    var generation = object.text("metadata.generation");
    add(
        created,
        Lane.CHANGE,
        object,
        generation.isEmpty() || generation.equals("1")
            ? "created"
            : "created; changed since, to generation " + generation,
        1,
        false);
    for (var field : object.fields("metadata.managedFields.*")) {
      if (!field.text("time").equals(created) && field.text("subresource").isEmpty()) {
        add(
            field.text("time"),
            Lane.CHANGE,
            object,
            "changed by " + field.text("manager"),
            1,
            false);
      }
    }
  }

  private static boolean isConfiguration(ResourceKind kind) {
    return kind.group().endsWith(".istio.io")
        ? kind != ResourceKind.WORKLOAD_ENTRY
        : kind.group().equals("gateway.networking.k8s.io");
  }

  private void events(Cluster cluster) {
    for (var event : reading.all(cluster, ResourceKind.EVENT)) {
      if (event.text("type").equals("Warning")) {
        add(
            EventTime.of(event),
            Lane.EVENT,
            cluster.name(),
            event.namespace(),
            event.text("involvedObject.kind")
                + " "
                + event.namespace()
                + "/"
                + event.text("involvedObject.name"),
            event.text("reason") + ": " + event.text("message"),
            event.field("count").flatMap(Field::number).orElse(1),
            true);
      }
    }
  }

  private void pushes(Cluster cluster) {
    for (var answer : cluster.answers(Endpoint.ISTIOD_SYNCZ)) {
      for (var row : reading.read(answer, SyncStatus::read).orElse(List.of())) {
        row.byType()
            .forEach(
                (type, status) -> {
                  if (!status.lastError().isEmpty()) {
                    add(
                        status.sentTime(),
                        Lane.PUSH,
                        cluster.name(),
                        answer.from().namespace(),
                        "Proxy " + row.proxy(),
                        type + " rejected: " + status.lastError(),
                        1,
                        true);
                  }
                });
      }
    }
  }

  private void burst(Burst burst) {
    var writer = "Pod " + burst.namespace() + "/" + burst.pod();
    var what = burst.container() + ": " + burst.example();
    var time = burst.minute().toString();
    if (burst.errors() >= BURST) {
      add(time, Lane.LOG, burst.cluster(), burst.namespace(), writer, what, burst.errors(), true);
    }
    if (burst.pushes() > 0) {
      add(time, Lane.PUSH, burst.cluster(), burst.namespace(), writer, what, burst.pushes(), true);
    }
  }

  private void certificate(KnownCertificate certificate) {
    var now = snapshot.collectedAt();
    certificate
        .until()
        .filter(until -> Duration.between(now, until).abs().compareTo(SOON) <= 0)
        .ifPresent(
            until ->
                add(
                    until.toString(),
                    Lane.CERTIFICATE,
                    certificate.cluster(),
                    certificate.namespace(),
                    certificate.holder(),
                    "the "
                        + (certificate.role().isEmpty() ? "" : certificate.role() + " ")
                        + (until.isBefore(now) ? "certificate expired" : "certificate expires"),
                    1,
                    until.isBefore(now)));
  }

  private void add(String time, Lane lane, Resource object, String what, long count, boolean bad) {
    add(
        time,
        lane,
        object.id().cluster(),
        object.namespace(),
        object.id().toString(),
        what,
        count,
        bad);
  }

  private void add(
      String time,
      Lane lane,
      String cluster,
      String namespace,
      String object,
      String what,
      long count,
      boolean bad) {
    instant(time)
        .map(at -> new Moment(at, lane, cluster, namespace, object, what, count, bad))
        .ifPresent(moments::add);
  }

  private static Optional<Instant> instant(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeParseException _) {
      return Optional.empty();
    }
  }
}
