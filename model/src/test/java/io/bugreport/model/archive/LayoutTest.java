package io.bugreport.model.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.bugreport.model.archive.Layout.ContainerFile;
import io.bugreport.model.archive.Layout.ObjectFile;
import io.bugreport.model.archive.Layout.Run;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Where things lie, and that every path tells what lies there.
final class LayoutTest {

  @Property(tries = 1000)
  void everyNameComesBackFromItsSegment(@ForAll("names") String name) {
    assertThat(Layout.name(Layout.segment(name))).isEqualTo(name);
  }

  @Property(tries = 1000)
  void aSegmentIsSafeInEveryFileSystem(@ForAll("names") String name) {
    assertThat(Layout.segment(name)).matches("[A-Za-z0-9._%-]*").isNotIn(".", "..");
  }

  /// All but lone surrogates, which are no characters and cannot stand in a Kubernetes name.
  @Provide
  Arbitrary<String> names() {
    return Arbitraries.oneOf(
        Arbitraries.strings().all().filter(LayoutTest::isText),
        Arbitraries.strings().withChars("a.%/+ 2F\\:*?\"<>|"),
        Arbitraries.of("", ".", "..", "%", "%2", "%zz", "a+b", "日本", "😀", "outbound|80||x"));
  }

  private static boolean isText(String text) {
    return text.codePoints().noneMatch(c -> c >= 0xD800 && c <= 0xDFFF);
  }

  @Test
  void namesOfKubernetesStandAsTheyAre() {
    assertThat(Layout.segment("reviews-v1.bookinfo_2")).isEqualTo("reviews-v1.bookinfo_2");
    assertThat(Layout.segment("system:node")).isEqualTo("system%3Anode");
  }

  @Property
  void everyPathOfOursTellsWhatLiesThere(
      @ForAll("names") String cluster,
      @ForAll("names") String namespace,
      @ForAll("names") String x) {
    if (cluster.isEmpty() || namespace.isEmpty() || x.isEmpty()) {
      return;
    }
    var list = Layout.list(cluster, namespace, "apps", "deployments");
    assertThat(Layout.clusterOf(list)).contains(cluster);
    assertThat(Layout.objectFile(list))
        .contains(new ObjectFile(cluster, namespace, "apps", "deployments"));
    assertThat(Layout.objectFile(Layout.object(cluster, "", "nodes", x)))
        .contains(new ObjectFile(cluster, "", "", "nodes"));
    assertThat(Layout.podFile(Layout.pod(cluster, namespace, x))).contains(namespace);
    assertThat(Layout.objectFile(Layout.pod(cluster, namespace, x))).isEmpty();
    assertThat(Layout.containerFile(Layout.answer(cluster, namespace, x, x, "envoy/certs.json")))
        .contains(new ContainerFile(cluster, namespace, x, x, "envoy/certs.json"));
    assertThat(Layout.containerFile(Layout.log(cluster, namespace, x, x, Run.PREVIOUS)))
        .contains(
            new ContainerFile(cluster, namespace, x, x, Layout.segment(x) + "/logs/previous.log"));
  }

  @Test
  void aListAndAFileForEachObjectAreOfTheSameKind() {
    var services = new ObjectFile("c", "ns", "", "services");
    assertThat(Layout.objectFile("clusters/c/namespaces/ns/core/services.yaml")).contains(services);
    assertThat(Layout.objectFile("clusters/c/namespaces/ns/core/services/reviews.v1.yaml"))
        .contains(services);
    var classes = new ObjectFile("c", "", "gateway.networking.k8s.io", "gatewayclasses");
    assertThat(
            Layout.objectFile(
                "clusters/c/cluster-scoped-resources/gateway.networking.k8s.io/gatewayclasses.yaml"))
        .contains(classes);
    assertThat(
            Layout.objectFile(
                "clusters/c/cluster-scoped-resources/gateway.networking.k8s.io/gatewayclasses/i.json"))
        .contains(classes);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "clusters",
        "clusters/",
        "clusters/c",
        "manifest.json",
        "vms/host/clusters/c/x.yaml",
        "clusters.yaml",
        "xclusters/c/namespaces/ns/core/services.yaml"
      })
  void otherPathsBelongToNoCluster(String path) {
    assertThat(Layout.clusterOf(path)).isEmpty();
    assertThat(Layout.objectFile(path)).isEmpty();
    assertThat(Layout.containerFile(path)).isEmpty();
    assertThat(Layout.podFile(path)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "clusters/c/version.json",
        "clusters/c/discovery.json",
        "clusters/c/namespaces/ns/core/services.txt",
        "clusters/c/namespaces/ns/core/services/a/b.yaml",
        "clusters/c/other/ns/core/services.yaml",
        "clusters/c/other/ns/pods/p/p.yaml",
        "clusters/c/cluster-scoped-resources/core.yaml",
        "clusters/c/namespaces/ns/pods/p/q.yaml"
      })
  void filesInOtherPlacesHoldNoObjects(String path) {
    assertThat(Layout.objectFile(path)).isEmpty();
    assertThat(Layout.podFile(path)).isEmpty();
  }

  @Property
  void noPathBreaksIt(@ForAll("hostile") String path) {
    Layout.clusterOf(path);
    Layout.objectFile(path);
    Layout.containerFile(path);
    Layout.podFile(path);
    assertThat(Layout.isOurs(path) && Layout.clusterOf(path).isPresent()).isFalse();
  }

  @Provide
  Arbitrary<String> hostile() {
    return Arbitraries.of(
            "clusters",
            "namespaces",
            "pods",
            "core",
            "c",
            "..",
            "%",
            "%2F",
            "",
            "p",
            "p.yaml",
            ".yaml",
            ".json",
            "cluster-scoped-resources")
        .list()
        .ofMaxSize(9)
        .map(parts -> String.join("/", parts));
  }
}
