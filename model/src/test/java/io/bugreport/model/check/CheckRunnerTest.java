package io.bugreport.model.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.bugreport.model.archive.ArchiveReader;
import io.bugreport.model.archive.Layout;
import io.bugreport.model.endpoint.Endpoint;
import io.bugreport.model.finding.Conclusion;
import io.bugreport.model.finding.Severity;
import io.bugreport.model.resource.ResourceKind;
import io.bugreport.model.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckRunnerTest {
  private static final String DISCOVERED = item("west/discovery", "ok", "");
  private static final String PODS = item("west/resources/core/pods", "ok", "");

  @TempDir private Path folder;

  @Test
  void passesOnWhatItSaw() throws IOException {
    pod("west");
    items(DISCOVERED, PODS);

    assertThat(conclusion(pods())).isInstanceOf(Conclusion.Passed.class);
  }

  @Test
  void doesNotApplyWhereTheClusterHasNoneOfIt() throws IOException {
    pod("west");
    items(DISCOVERED, PODS);

    assertThat(conclusion(certificates())).isInstanceOf(Conclusion.NotApplicable.class);
  }

  @Test
  void aForbiddenListIsNoHealth() throws IOException {
    items(DISCOVERED, item("west/resources/core/pods", "forbidden", "no right to list pods"));

    assertThat(gaps(pods())).containsExactly("west/resources/core/pods");
  }

  @Test
  void proxiesOfPodsThatWereNotListedAreUnseen() throws IOException {
    items(DISCOVERED, item("west/resources/core/pods", "forbidden", "no right to list pods"));

    assertThat(gaps(certificates())).containsExactly("west/resources/core/pods");
  }

  @Test
  void proxiesThatASampleLeftOutAreUnseen() throws IOException {
    pod("west");
    items(DISCOVERED, PODS, item("west/pods/default/Deployment/web", "skipped", "1 of its 2 pods"));

    assertThat(gaps(certificates())).containsExactly("west/pods/default/Deployment/web");
    assertThat(conclusion(pods())).isInstanceOf(Conclusion.Passed.class);
  }

  @Test
  void aClusterThatCouldNotSayWhatItHasIsUnseenBesideOneThatCould() throws IOException {
    pod("west");
    items(DISCOVERED, PODS, item("east/discovery", "timeout", "no answer in 60 s"));

    assertThat(gaps(pods())).containsExactly("east/discovery");
    assertThat(gaps(certificates())).containsExactly("east/discovery");
  }

  @Test
  void aGroupThatCouldNotBeDiscoveredHidesItsOwnKindsAlone() throws IOException {
    pod("west");
    items(
        DISCOVERED, PODS, item("west/discovery/networking.istio.io", "failed", "stale discovery"));

    assertThat(conclusion(pods())).isInstanceOf(Conclusion.Passed.class);
    assertThat(gaps(virtualServices())).containsExactly("west/discovery/networking.istio.io");
  }

  @Test
  void aCheckThatFailsIsItsOwnConclusion() throws IOException {
    pod("west");
    items(DISCOVERED, PODS);
    var failing =
        check(
            List.of(ResourceKind.POD),
            List.of(),
            _ -> {
              throw new IllegalStateException("broken");
            });

    assertThat(gaps(failing)).containsExactly("test");
  }

  private void pod(String cluster) throws IOException {
    write(
        Layout.list(cluster, "default", "", "pods"),
        """
        apiVersion: v1
        kind: PodList
        items:
        - apiVersion: v1
          kind: Pod
          metadata: {name: web, namespace: default}
        """);
  }

  private void items(String... lines) throws IOException {
    write(Layout.COLLECTION, String.join("\n", lines) + "\n");
  }

  private void write(String path, String text) throws IOException {
    var file = folder.resolve(path);
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.writeString(file, text);
  }

  private static String item(String id, String outcome, String reason) {
    return "{\"id\":\"%s\",\"source\":\"%s\",\"outcome\":\"%s\",\"reason\":\"%s\"}"
        .formatted(id, id.split("/", -1)[1], outcome, reason);
  }

  private static CheckDefinition pods() {
    return check(
        List.of(ResourceKind.POD),
        List.of(),
        mesh -> {
          mesh.all(ResourceKind.POD);
          return List.of();
        });
  }

  private static CheckDefinition virtualServices() {
    return check(List.of(ResourceKind.VIRTUAL_SERVICE), List.of(), _ -> List.of());
  }

  private static CheckDefinition certificates() {
    return check(List.of(), List.of(Endpoint.ENVOY_CERTS), _ -> List.of());
  }

  private static CheckDefinition check(
      List<ResourceKind> resources, List<Endpoint> endpoints, Analyzer analyzer) {
    return new CheckDefinition(
        "test",
        List.of("T-01"),
        "Test",
        Severity.ERROR,
        resources,
        endpoints,
        "",
        "Why.\n\n## Fix\n\nThis.\n",
        analyzer);
  }

  private Conclusion conclusion(CheckDefinition check) throws IOException {
    try (var snapshot = Snapshot.of(ArchiveReader.open(folder), Instant.EPOCH)) {
      return new CheckRunner(snapshot).run(check);
    }
  }

  /// The items for whose sake a check was not evaluated.
  private List<String> gaps(CheckDefinition check) throws IOException {
    var conclusion = conclusion(check);
    assertThat(conclusion).isInstanceOf(Conclusion.NotEvaluated.class);
    return ((Conclusion.NotEvaluated) conclusion)
        .gaps().stream().map(Conclusion.Gap::what).toList();
  }
}
