package io.bugreport.collector.pods;

import static org.assertj.core.api.Assertions.assertThat;

import io.bugreport.collector.engine.Ledger;
import io.bugreport.collector.engine.Progress;
import io.bugreport.collector.selection.Role;
import io.bugreport.model.resource.DocumentReader;
import io.bugreport.model.resource.Node;
import io.bugreport.model.snapshot.Outcome;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a pod is, told from the pod alone.
class PodTest {
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "ReplicaSet, web-7d4f, pod-template-hash, 7d4f, Deployment, web",
        "ReplicaSet, web-7d4f, rollouts-pod-template-hash, 7d4f, Rollout, web",
        "ReplicaSet, web, -, -, ReplicaSet, web",
        "StatefulSet, db, -, -, StatefulSet, db",
        "DaemonSet, ztunnel, -, -, DaemonSet, ztunnel",
        "Job, backup-29384756, -, -, CronJob, backup",
        "Job, migrate-2, -, -, Job, migrate-2",
        "ReplicationController, web-3, deploymentconfig, web, DeploymentConfig, web",
        "CloneSet, web, -, -, CloneSet, web"
      })
  void theWorkloadIsWhatAUserWouldName(
      String owner, String name, String label, String value, String kind, String workload) {
    var labels = label == null ? "" : "\"%s\":\"%s\"".formatted(label, value);
    var pod =
        pod(
            """
            {"metadata":{"name":"p","namespace":"n","labels":{%s},
             "ownerReferences":[{"kind":"%s","name":"%s","controller":true}]}}
            """
                .formatted(labels, owner, name));

    assertThat(pod.kind()).isEqualTo(kind);
    assertThat(pod.workload()).isEqualTo(workload);
  }

  @ParameterizedTest
  @CsvSource({
    "app, istiod, discovery, x, ISTIOD",
    "app, ztunnel, istio-proxy, x, ZTUNNEL",
    "k8s-app, istio-cni-node, install-cni, x, CNI",
    "istio, ingressgateway, istio-proxy, router, GATEWAY",
    "gateway.networking.k8s.io/gateway-name, edge, istio-proxy, router, GATEWAY",
    "gateway.networking.k8s.io/gateway-class-name, istio-waypoint, istio-proxy, waypoint, WAYPOINT",
    "app, web, istio-proxy, sidecar, SIDECAR",
    "app, web, web, serve, PLAIN"
  })
  void theRoleFollowsFromLabelsAndHowTheProxyWasStarted(
      String label, String value, String container, String argument, Role role) {
    var pod =
        pod(
            """
            {"metadata":{"name":"p","namespace":"n","labels":{"%s":"%s"}},
             "spec":{"containers":[{"name":"%s","args":["proxy","%s"]}]}}
            """
                .formatted(label, value, container, argument));

    assertThat(pod.role()).isEqualTo(role);
  }

  @Test
  void aNativeSidecarIsASidecarAndItsRestartsCount() {
    var pod =
        pod(
            """
            {"metadata":{"name":"p","namespace":"n"},
             "spec":{"containers":[{"name":"web"}],
                     "initContainers":[{"name":"istio-proxy","args":["proxy","sidecar"]}]},
             "status":{"initContainerStatuses":[
               {"name":"istio-proxy","restartCount":2,"state":{"running":{}}}]}}
            """);

    assertThat(pod.role()).isEqualTo(Role.SIDECAR);
    assertThat(pod.running("istio-proxy")).isPresent();
    assertThat(pod.containers().getFirst().restarts()).isEqualTo(2);
  }

  @Test
  void ofEachWorkloadASampleIsTakenAndTheRestIsSaid() {
    var pods = IntStream.range(0, 5).mapToObj(i -> owned("web-" + i, i == 3 ? 1 : 0)).toList();
    var ledger = new Ledger(Progress.none());

    var sample = Sample.of(pods, 2, "c", ledger);

    assertThat(sample.stream().map(Pod::name)).containsExactly("web-3", "web-0");
    assertThat(ledger.close("over"))
        .singleElement()
        .satisfies(
            item -> {
              assertThat(item.outcome()).isEqualTo(Outcome.SKIPPED);
              assertThat(item.reason()).contains("2 of its 5 pods");
            });
  }

  private static Pod owned(String name, int restarts) {
    var container = new Container("web", true, true, restarts, "");
    return new Pod("n", name, Role.PLAIN, "Deployment", "web", "", List.of(container));
  }

  private static Pod pod(String json) {
    try (var parser =
        DocumentReader.json(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)))) {
      parser.nextToken();
      return Pod.of((Node.Mapping) DocumentReader.read(parser));
    }
  }
}
