package io.bugreport.model.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.bugreport.model.endpoint.Endpoint;
import io.bugreport.model.resource.Resource;
import io.bugreport.model.resource.ResourceKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What other tools collected is read as if it lay in our layout, and what they did not collect is
/// a gap.
final class ImporterTest {
  private static final Instant NOW = Instant.parse("2026-11-24T07:12:00Z");

  /// As `kubectl get -o yaml` writes lists.
  private static final String OBJECTS =
      """
      apiVersion: v1
      items:
      - apiVersion: v1
        kind: Pod
        metadata:
          annotations:
            text: |
              kind: Nonsense

              - apiVersion: v9
          name: reviews-1
          namespace: bookinfo
        spec:
          containers:
          - name: istio-proxy
      - apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata:
          name: "reviews"
          namespace: bookinfo
      - apiVersion: v1
        kind: Node
        metadata:
          name: one
      kind: List
      metadata:
        resourceVersion: ""
      """;

  @TempDir Path folder;

  private void file(String path, String content) throws IOException {
    var file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  private Snapshot open() throws IOException {
    assertThat(Snapshot.isArchive(folder)).as("recognized as an archive").isTrue();
    return Snapshot.open(folder, NOW);
  }

  private static String text(Answer answer) throws IOException {
    try (var in = answer.open()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void istioctlsListsAreTakenApart() throws IOException {
    file("cluster/cluster-context", "prod/east\nhttps://127.0.0.1:6443\n");
    file("cluster/k8s-resources", OBJECTS);
    file("cluster/nodes", OBJECTS);
    try (var snapshot = open()) {
      var cluster = snapshot.clusters().getFirst();
      assertThat(cluster.name()).isEqualTo("prod/east");
      assertThat(cluster.all(ResourceKind.POD))
          .extracting(Resource::name)
          .containsOnly("reviews-1");
      assertThat(cluster.all(ResourceKind.VIRTUAL_SERVICE))
          .extracting(Resource::namespace)
          .containsOnly("bookinfo");
      assertThat(cluster.all(ResourceKind.NODE)).extracting(Resource::name).containsOnly("one");
    }
  }

  @Test
  void istioctlsAnswersOfAllVersionsAreFound() throws IOException {
    file("bug-report.log", "");
    file("versions", "");
    file("proxies/ns/old/config_dump", "old");
    file("proxies/ns/new/config_dump?include_eds", "new");
    file("proxies/istio-system/ztunnel-abc/config_dump", "ztunnel");
    file("proxies/ns/new/clusters", "text, not JSON");
    file("proxies/ns/new/istio-proxy.log", "line\n");
    file("istio/istio-system/istiod-1/debug/syncz", "[]");
    try (var snapshot = open()) {
      var cluster = snapshot.clusters().getFirst();
      assertThat(cluster.answers(Endpoint.ENVOY_CONFIG_DUMP)).hasSize(2);
      assertThat(text(cluster.answers(Endpoint.ENVOY_CONFIG_DUMP).getFirst())).isEqualTo("new");
      assertThat(text(cluster.answers(Endpoint.ZTUNNEL_CONFIG_DUMP).getFirst()))
          .isEqualTo("ztunnel");
      assertThat(cluster.answers(Endpoint.ISTIOD_SYNCZ)).hasSize(1);
      assertThat(cluster.answers(Endpoint.ENVOY_CLUSTERS)).isEmpty();
      assertThat(snapshot.archive().paths())
          .contains(
              "istioctl/proxies/ns/new/clusters",
              "clusters/default/namespaces/ns/pods/new/istio-proxy/istio-proxy/logs/current.log");
    }
  }

  @Test
  void whatIsNotThereIsNotCollected() throws IOException {
    file("cluster/k8s-resources", OBJECTS);
    file("proxies/bookinfo/other-1/certs", "{}");
    try (var snapshot = open()) {
      assertThat(snapshot.isRecorded()).isTrue();
      assertThat(snapshot.items())
          .filteredOn(item -> item.outcome().isGap())
          .extracting(CollectedItem::id)
          .contains(
              "default/resources/core/events",
              "default/agent/bookinfo/reviews-1/istio-proxy/ndsz",
              "default/envoy/bookinfo/reviews-1/istio-proxy/config_dump",
              "default/envoy/bookinfo/other-1/istio-proxy/config_dump")
          .doesNotContain(
              "default/resources/core/pods", "default/envoy/bookinfo/other-1/istio-proxy/certs");
      assertThat(snapshot.items())
          .filteredOn(item -> item.outcome().isGap())
          .extracting(CollectedItem::reason)
          .containsOnly("not in this archive of istioctl bug-report");
    }
  }

  @Test
  void aMustGatherIsReadBelowTheFolderOfItsImage() throws IOException {
    var image = "quay-io-must-gather-sha256-0123/";
    file(image + "namespaces/bookinfo/core/services.yaml", services());
    file(
        image + "cluster-scoped-resources/core/nodes/one.yaml",
        "kind: Node\napiVersion: v1\nmetadata: {name: one}\n");
    file(image + "namespaces/bookinfo/pods/reviews-1/config_dump_proxy.json", "{}");
    file("event-filter.html", "");
    try (var snapshot = open()) {
      var cluster = snapshot.clusters().getFirst();
      assertThat(cluster.name()).isEqualTo("must-gather");
      assertThat(cluster.all(ResourceKind.SERVICE)).hasSize(1);
      assertThat(cluster.all(ResourceKind.NODE)).hasSize(1);
      assertThat(cluster.answers(Endpoint.ENVOY_CONFIG_DUMP)).hasSize(1);
    }
  }

  @Test
  void aFolderOfManifestsIsNoMustGather() throws IOException {
    file("namespaces/bookinfo/app/services.yaml", services());
    assertThat(Snapshot.isArchive(folder)).isFalse();
  }

  @Test
  void aClusterInfoDumpHasItsLogsTakenApart() throws IOException {
    file(
        "nodes.json",
        "{\"kind\":\"NodeList\",\"apiVersion\":\"v1\",\"items\":[{\"metadata\":{\"name\":\"one\"}}]}");
    file(
        "bookinfo/pods.json",
        "{\"kind\":\"PodList\",\"apiVersion\":\"v1\",\"items\":[{\"metadata\":{\"name\":\"reviews-1\",\"namespace\":\"bookinfo\"}}]}");
    file(
        "bookinfo/reviews-1/logs.txt",
        """
        ==== START logs for container app of pod bookinfo/reviews-1 ====
        one
        ==== END logs for container app of pod bookinfo/reviews-1 ====
        ==== START logs for container istio-proxy of pod bookinfo/reviews-1 ====
        two
        ==== END logs for container istio-proxy of pod bookinfo/reviews-1 ====
        """);
    try (var snapshot = open()) {
      var cluster = snapshot.clusters().getFirst();
      assertThat(cluster.all(ResourceKind.POD)).hasSize(1);
      assertThat(cluster.all(ResourceKind.NODE)).hasSize(1);
      var log =
          "clusters/cluster-info/namespaces/bookinfo/pods/reviews-1/istio-proxy/istio-proxy/logs/current.log";
      try (var in = snapshot.archive().open(log)) {
        assertThat(in).hasContent("two\n");
      }
    }
  }

  @Test
  void aLogOfAClusterInfoDumpMayBeLongAndHoldAnyText() throws IOException {
    file("nodes.json", "{}");
    file("bookinfo/pods.json", "{}");
    var forged = "==== START logs for container other of pod bookinfo/reviews-1 ====\n";
    var start = "==== START logs for container app of pod bookinfo/reviews-1 ====\n";
    var end = "==== END logs for container app of pod bookinfo/reviews-1 ====\n";
    var line = "x".repeat(99_999) + "\n";
    var times = 700; // 70 MB
    var dump = folder.resolve("bookinfo/reviews-1/logs.txt");
    Files.createDirectories(dump.getParent());
    try (var out = Files.newBufferedWriter(dump)) {
      out.write(start + forged);
      for (var i = 0; i < times; i++) {
        out.write(line);
      }
      out.write("the end\n" + end);
    }
    try (var snapshot = open()) {
      var logs =
          snapshot.archive().paths().stream().filter(path -> path.endsWith("current.log")).toList();
      assertThat(logs).singleElement().asString().contains("/app/");
      assertThat(snapshot.archive().size(logs.getFirst()))
          .isEqualTo(forged.length() + (long) times * line.length() + "the end\n".length());
    }
  }

  private static Optional<CollectedItem> item(Snapshot snapshot, String id) {
    return snapshot.items().stream().filter(item -> item.id().equals(id)).findFirst();
  }

  @Test
  void whatOneNamespaceHasSaysNothingOfOthers() throws IOException {
    file("namespaces/bookinfo/core/services.yaml", services());
    file("namespaces/shop/core/pods.yaml", "kind: PodList\nitems: []\n");
    try (var snapshot = open()) {
      assertThat(item(snapshot, "must-gather/resources/core/services").orElseThrow().reason())
          .isEqualTo("only of the namespaces bookinfo in this archive of must-gather");
      assertThat(item(snapshot, "must-gather/resources/core/services/bookinfo"))
          .as("the one that is there")
          .hasValueSatisfying(item -> assertThat(item.outcome()).isEqualTo(Outcome.OK));
    }
  }

  @Test
  void whereAllNamespacesAreListedThoseWithoutAKindAreNamed() throws IOException {
    file("namespaces/bookinfo/core/services.yaml", services());
    file("namespaces/bookinfo/core/pods.yaml", "kind: PodList\nitems: []\n");
    file("namespaces/shop/core/pods.yaml", "kind: PodList\nitems: []\n");
    file(
        "cluster-scoped-resources/core/namespaces.yaml",
        """
        kind: NamespaceList
        apiVersion: v1
        items:
        - metadata: {name: bookinfo}
        - metadata: {name: shop}
        """);
    try (var snapshot = open()) {
      assertThat(item(snapshot, "must-gather/resources/core/services").orElseThrow().reason())
          .isEqualTo("not of the namespaces shop in this archive of must-gather");
      assertThat(item(snapshot, "must-gather/resources/core/pods")).as("seen in all").isEmpty();
    }
  }

  @Test
  void aNamespaceByItselfIsNoListOfAll() throws IOException {
    file("namespaces/bookinfo/core/pods.yaml", "kind: PodList\nitems: []\n");
    file(
        "namespaces/bookinfo/bookinfo.yaml",
        "kind: Namespace\napiVersion: v1\nmetadata: {name: bookinfo, labels: {a: b}}\n");
    try (var snapshot = open()) {
      assertThat(snapshot.clusters().getFirst().all(ResourceKind.NAMESPACE))
          .extracting(Resource::name)
          .containsOnly("bookinfo");
      assertThat(item(snapshot, "must-gather/resources/core/namespaces").orElseThrow().reason())
          .isEqualTo("only of the namespaces bookinfo in this archive of must-gather");
    }
  }

  @Test
  void aFileThatCannotBeReadLosesNoOther() throws IOException {
    file("namespaces/bookinfo/core/services.yaml", services());
    file("namespaces/bookinfo/core/pods.yaml", "items: [{metadata: {name: p");
    try (var snapshot = open()) {
      assertThat(snapshot.clusters().getFirst().all(ResourceKind.SERVICE)).hasSize(1);
      assertThat(item(snapshot, "must-gather/resources/core/pods").orElseThrow().reason())
          .startsWith("cannot be read: ");
    }
  }

  @Test
  void istioctlAsksAllNamespacesAtOnce() throws IOException {
    file("cluster/k8s-resources", OBJECTS);
    try (var snapshot = open()) {
      assertThat(item(snapshot, "default/resources/core/pods")).isEmpty();
      assertThat(item(snapshot, "default/resources/core/pods/bookinfo")).isPresent();
    }
  }

  @Test
  void aLogWithoutItsEndIsTruncated() throws IOException {
    file("nodes.json", "{}");
    file("bookinfo/pods.json", "{}");
    file(
        "bookinfo/reviews-1/logs.txt",
        """
        ==== START logs for container app of pod bookinfo/reviews-1 ====
        whole
        ==== END logs for container app of pod bookinfo/reviews-1 ====
        ==== START logs for container istio-proxy of pod bookinfo/reviews-1 ====
        begins and en""");
    try (var snapshot = open()) {
      var logs = "cluster-info/logs/bookinfo/reviews-1/";
      assertThat(item(snapshot, logs + "app/current").orElseThrow().outcome())
          .isEqualTo(Outcome.OK);
      var cut = item(snapshot, logs + "istio-proxy/current").orElseThrow();
      assertThat(cut.outcome()).isEqualTo(Outcome.TRUNCATED);
      assertThat(cut.reason()).isEqualTo("cut off: logs.txt ends before the log does");
      assertThat(cut.bytes()).isEqualTo("begins and en".length());
    }
  }

  @Test
  void aLogThatKubectlCouldNotGetFailed() throws IOException {
    file("nodes.json", "{}");
    file("bookinfo/pods.json", "{}");
    file(
        "bookinfo/reviews-1/logs.txt",
        """
        ==== START logs for container app of pod bookinfo/reviews-1 ====
        Request log error: container "app" is waiting to start
        ==== END logs for container app of pod bookinfo/reviews-1 ====
        """);
    try (var snapshot = open()) {
      var failed = item(snapshot, "cluster-info/logs/bookinfo/reviews-1/app/current").orElseThrow();
      assertThat(failed.outcome()).isEqualTo(Outcome.FAILED);
      assertThat(failed.reason())
          .isEqualTo("Request log error: container \"app\" is waiting to start");
    }
  }

  private static String services() {
    return """
    apiVersion: v1
    kind: ServiceList
    items:
      - metadata: {name: reviews, namespace: bookinfo}
    """;
  }
}
