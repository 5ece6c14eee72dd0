package io.bugreport.report.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import io.bugreport.model.resource.ResourceId;
import io.bugreport.model.snapshot.Snapshot;
import io.bugreport.report.TinyMesh;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeshGraphTest {
  private Snapshot snapshot;
  private MeshGraph graph;

  @BeforeEach
  void read(@TempDir Path folder) throws IOException {
    snapshot = TinyMesh.shop(folder).open();
    graph = MeshGraph.of(snapshot);
  }

  @AfterEach
  void close() throws IOException {
    snapshot.close();
  }

  @Test
  void aGatewayReachesAllThatItsRoutesSendTo() {
    assertThat(graph.reach(TinyMesh.gateway()))
        .containsExactly(
            TinyMesh.workload("cart-1"), TinyMesh.workload("cart-2"), TinyMesh.workload("pay-1"));
  }

  @Test
  void aServiceReachesItsOwnWorkloads() {
    assertThat(graph.reach(TinyMesh.service())).containsExactly(TinyMesh.workload("pay-1"));
  }

  @Test
  void aPodIsOneOfItsWorkload() {
    assertThat(graph.reach(TinyMesh.id("", "Pod", "pay-1-pod")))
        .containsExactly(TinyMesh.workload("pay-1"));
  }

  @Test
  void aPolicyReachesWhatItCountsFor() {
    assertThat(graph.reach(TinyMesh.id("security.istio.io", "PeerAuthentication", "strict")))
        .hasSize(3);
  }

  @Test
  void edgesSayWhatIsKnownOfPortsSubsetsAndTls() {
    assertThat(graph.from(TinyMesh.gateway()))
        .containsExactly(new Edge(TinyMesh.gateway(), TinyMesh.route(), "HTTPS 443, TLS simple"));
    assertThat(graph.from(TinyMesh.route()))
        .contains(new Edge(TinyMesh.route(), TinyMesh.id("", "Service", "cart"), "v1"));
    assertThat(graph.from(TinyMesh.service()))
        .containsExactly(new Edge(TinyMesh.service(), TinyMesh.workload("pay-1"), "mTLS strict"));
  }

  @Test
  void withoutARecordOfPoliciesNothingIsSaidOfMutualTls(@TempDir Path folder) throws IOException {
    try (var unrecorded =
        TinyMesh.shop(folder)
            .objects("security.istio.io", "peerauthentications", "kind: List\nitems: []\n")
            .open()) {
      assertThat(MeshGraph.of(unrecorded).from(TinyMesh.service()).getFirst().badge()).isEmpty();
    }
  }

  @Test
  void theMeshConfigurationNamesTheNamespaceWhosePoliciesCountForAll(@TempDir Path folder)
      throws IOException {
    try (var mesh =
        TinyMesh.shop(folder)
            .objects("security.istio.io", "peerauthentications", "kind: List\nitems: []\n")
            .with(
                "namespaces/mesh-root/core/configmaps.yaml",
                """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: istio, namespace: mesh-root}
                data: {mesh: "rootNamespace: mesh-root"}
                """)
            .with(
                "namespaces/mesh-root/security.istio.io/peerauthentications.yaml",
                """
                apiVersion: security.istio.io/v1
                kind: PeerAuthentication
                metadata: {name: default, namespace: mesh-root}
                spec: {mtls: {mode: STRICT}}
                """)
            .open()) {
      var named = MeshGraph.of(mesh);
      assertThat(named.from(TinyMesh.service()).getFirst().badge()).isEqualTo("mTLS strict");
      assertThat(
              named.reach(
                  new ResourceId(
                      "c", "security.istio.io", "PeerAuthentication", "mesh-root", "default")))
          .hasSize(3);
      assertThat(named.reach(new ResourceId("c", "", "ConfigMap", "mesh-root", "istio")))
          .hasSize(3);
    }
  }

  @Test
  void aWorkloadOfWhichSomePodsHaveNoSidecarIsToldFromOneWithNone(@TempDir Path folder)
      throws IOException {
    try (var mesh =
        TinyMesh.shop(folder)
            .with(
                "namespaces/n/core/pods.yaml",
                pod("pay-1-a", "[{name: app}]")
                    + pod("pay-1-b", "[{name: app}, {name: istio-proxy}]"))
            .open()) {
      assertThat(MeshGraph.of(mesh).from(TinyMesh.service()).getFirst().badge())
          .isEqualTo("some: no sidecar");
    }
  }

  private static String pod(String name, String containers) {
    return """
    ---
    apiVersion: v1
    kind: Pod
    metadata:
      name: %s
      namespace: n
      labels: {app: pay}
      ownerReferences: [{apiVersion: apps/v1, kind: StatefulSet, name: pay-1, controller: true}]
    spec: {containers: %s}
    """
        .formatted(name, containers);
  }
}
