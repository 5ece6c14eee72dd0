package io.bugreport.report.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.bugreport.model.snapshot.Snapshot;
import io.bugreport.report.TinyMesh;
import io.bugreport.report.certificates.KnownCertificates;
import io.bugreport.report.drawing.TimelineDrawing;
import io.bugreport.report.logs.LogSurvey;
import io.bugreport.report.mesh.Reading;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryTest {
  @TempDir Path folder;

  private TinyMesh mesh() throws IOException {
    return new TinyMesh(folder)
        .objects(
            "core",
            "pods",
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: cart-1, namespace: n}
            status:
              containerStatuses:
              - {name: app, restartCount: 4, lastState: {terminated: {reason: OOMKilled, exitCode: 137, finishedAt: "2026-11-24T11:50:00Z"}}}
            """)
        .objects(
            "core",
            "events",
            """
            apiVersion: v1
            kind: Event
            metadata: {name: e, namespace: n}
            type: Warning
            reason: BackOff
            message: restarting
            count: 7
            lastTimestamp: "2026-11-24T11:51:00Z"
            involvedObject: {kind: Pod, name: cart-1}
            """)
        .objects(
            "apps",
            "replicasets",
            """
            apiVersion: apps/v1
            kind: ReplicaSet
            metadata:
              name: cart-7d8f
              namespace: n
              creationTimestamp: "2026-11-24T11:40:00Z"
              annotations: {deployment.kubernetes.io/revision: "3"}
            """)
        .objects(
            "networking.istio.io",
            "gateways",
            """
            apiVersion: networking.istio.io/v1
            kind: Gateway
            metadata:
              name: door
              namespace: n
              creationTimestamp: "2026-11-01T00:00:00Z"
              managedFields: [{manager: kubectl, time: "2026-11-24T11:45:00Z"}]
            """)
        .with(
            "certificates.json",
            """
            [{"cluster":"c","namespace":"n","kind":"Secret","name":"door-cert","subject":"CN=shop",
              "issuer":"CN=ca","notAfter":"2026-11-25T00:00:00Z"}]
            """)
        .with(
            "namespaces/istio-system/pods/istiod-1/discovery/istiod/syncz.json",
            """
            [{"proxy":"cart-1.n","resources":{"Listener":{"sent":"b","acked":"a",
              "sentTime":"2026-11-24T11:52:00Z","lastError":"no such filter"}}}]
            """);
  }

  private static List<Moment> history(Snapshot snapshot) {
    var reading = new Reading();
    return History.of(
        snapshot, LogSurvey.of(snapshot), KnownCertificates.of(snapshot, reading), reading);
  }

  @Test
  void everythingThatHasATimeIsTold() throws IOException {
    try (var snapshot = mesh().open()) {
      assertThat(history(snapshot))
          .extracting(Moment::lane, Moment::what, Moment::count, Moment::bad)
          .containsExactly(
              tuple(Lane.CERTIFICATE, "the certificate expires", 1L, false),
              tuple(Lane.PUSH, "Listener rejected: no such filter", 1L, true),
              tuple(Lane.EVENT, "BackOff: restarting", 7L, true),
              tuple(Lane.RESTART, "app ended: OOMKilled, exit code 137", 4L, true),
              tuple(Lane.CHANGE, "changed by kubectl", 1L, false),
              tuple(Lane.DEPLOYMENT, "created as revision 3", 1L, false),
              tuple(Lane.CHANGE, "created", 1L, false));
    }
  }

  @Test
  void thePictureSaysInWordsWhatItShows() throws IOException {
    try (var snapshot = mesh().open()) {
      var drawing = TimelineDrawing.of(history(snapshot), TinyMesh.TIME).getFirst();
      assertThat(drawing.description()).contains("Restarts: 1").contains("Configuration: 2");
      assertThat(drawing.shapes())
          .anyMatch(shape -> shape.tip().contains("app ended: OOMKilled"))
          .anyMatch(shape -> shape.text().equals("Rejected pushes"));
    }
  }

  @Test
  void momentsCloseToEachOtherShareADotThatCountsThem() throws IOException {
    var many = new StringBuilder();
    for (var i = 0; i < 3_000; i++) {
      many.append(
          """
          ---
          apiVersion: v1
          kind: Event
          metadata: {name: e%1$d, namespace: n}
          type: Warning
          reason: R%1$d
          lastTimestamp: "2026-11-24T11:51:00Z"
          """
              .formatted(i));
    }
    try (var snapshot = new TinyMesh(folder).objects("core", "events", many.toString()).open()) {
      var drawing = TimelineDrawing.of(history(snapshot), TinyMesh.TIME).getFirst();
      assertThat(drawing.shapes().stream().filter(s -> s.css().startsWith("dot"))).hasSize(1);
      assertThat(drawing.shapes()).anyMatch(shape -> shape.text().equals("3k"));
    }
  }

  @Test
  void withoutTimesThereIsNoPicture() {
    assertThat(TimelineDrawing.of(List.of(), TinyMesh.TIME)).isEmpty();
  }
}
