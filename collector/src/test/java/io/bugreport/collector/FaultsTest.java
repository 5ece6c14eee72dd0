package io.bugreport.collector;

import static io.bugreport.collector.TestServer.json;
import static io.bugreport.collector.TestServer.list;
import static org.assertj.core.api.Assertions.assertThat;

import io.bugreport.collector.engine.Progress;
import io.bugreport.collector.selection.Scope;
import io.bugreport.collector.selection.Selection;
import io.bugreport.model.archive.ArchiveFormat;
import io.bugreport.model.archive.ArchiveReader;
import io.bugreport.model.archive.ArchiveWriter;
import io.bugreport.model.archive.Redaction;
import io.bugreport.model.snapshot.CollectedItem;
import io.bugreport.model.snapshot.Outcome;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What fails loses nothing else: the ways in which a mesh in trouble fails, and those in which
/// istioctl's bug-report loses data.
@Timeout(120)
class FaultsTest {
  @TempDir Path folder;

  @Test
  void onePercentFailingInEachWayLosesNothingElse() throws IOException {
    try (var run = new TestRun(folder)) {
      run.server()
          .onPods(IntStream.range(0, 100).mapToObj(i -> pod("p" + i, "")).toArray(String[]::new));
      IntStream.range(0, 100)
          .forEach(i -> run.server().on(log("p" + i), e -> json(e, 200, "line\n")));
      run.server().on(log("p10"), e -> json(e, 403, "{\"message\":\"not for you\"}"));
      run.server().on(log("p20"), e -> json(e, 404, "{\"message\":\"gone\"}"));
      run.server().on(log("p30"), e -> json(e, 400, "{\"message\":\"odd\"}"));
      run.server().on(log("p40"), e -> run.server().neverAnswer());
      run.server()
          .on(
              log("p50"),
              e -> {
                e.sendResponseHeaders(200, 10_000);
                e.getResponseBody().write("half".getBytes(StandardCharsets.UTF_8));
                e.getResponseBody().flush();
              });
      run.server().on(log("p60"), e -> e.sendResponseHeaders(200, -1));

      var items = run.collect();

      var expected =
          Map.of(
              "p10", Outcome.FORBIDDEN,
              "p20", Outcome.NOT_FOUND,
              "p30", Outcome.FAILED,
              "p40", Outcome.TIMEOUT,
              "p50", Outcome.TRUNCATED,
              "p60", Outcome.EMPTY);
      for (var i = 0; i < 100; i++) {
        var pod = "p" + i;
        assertThat(items.outcome("c/logs/n/" + pod + "/app/current"))
            .as(pod)
            .isEqualTo(expected.getOrDefault(pod, Outcome.OK));
      }
    }
  }

  @Test
  void aServerThatIsBusyForAWhileLosesNothing() throws IOException {
    try (var run = new TestRun(folder, "apples")) {
      var asked = new ConcurrentHashMap<String, Integer>();
      run.server()
          .onList(
              "apples",
              e -> {
                if (asked.merge(e.getRequestURI().getPath(), 1, Integer::sum) <= 7) {
                  e.getResponseHeaders().set("Retry-After", "0");
                  json(e, 429, "{\"message\":\"too many requests\"}");
                } else {
                  json(e, 200, list("a"));
                }
              });

      var items = run.collect();

      assertThat(items.outcome("c/resources/test.io/apples")).isEqualTo(Outcome.OK);
      assertThat(items.item("c/resources/test.io/apples").attempts()).isEqualTo(8);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"StatefulSet", "Job", "DaemonSet", "ReplicaSet", "CloneSet", ""})
  void aPodsLogsAreCollectedWhateverOwnsIt(String owner) throws IOException {
    try (var run = new TestRun(folder)) {
      run.server().onPods(pod("p", owner));
      run.server().on(log("p"), e -> json(e, 200, "line\n"));

      assertThat(run.collect().outcome("c/logs/n/p/app/current")).isEqualTo(Outcome.OK);
    }
  }

  @Test
  void eachIncludedNamespaceIsListedByItself() throws IOException {
    try (var run = new TestRun(folder, "apples")) {
      run.server().on("/apis/test.io/v1/namespaces/ns/apples", e -> json(e, 200, list("a")));
      var everything = Scope.everything();

      var items =
          run.collect(
              o ->
                  o.withScope(
                      new Scope(
                          everything.namespaces(),
                          false,
                          Selection.of(List.of("ns"), List.of()),
                          everything.labels(),
                          List.of(),
                          everything.roles(),
                          0,
                          true,
                          true,
                          true,
                          "istio-system")));

      assertThat(items.outcome("c/resources/test.io/apples/ns")).isEqualTo(Outcome.OK);
      assertThat(items.ids()).contains("c/resources/test.io/apples/istio-system");
      assertThat(run.server().requests()).noneMatch(r -> r.contains("ns,istio-system"));
    }
  }

  @Test
  void aServerWithoutAggregatedDiscoveryIsCollectedAsAWhole() throws IOException {
    try (var run = new TestRun(folder)) {
      var server = run.server();
      server.on("/api", e -> json(e, 200, "{\"kind\":\"APIVersions\",\"versions\":[\"v1\"]}"));
      server.on(
          "/apis",
          e ->
              json(
                  e,
                  200,
                  "{\"kind\":\"APIGroupList\",\"groups\":["
                      + "{\"name\":\"test.io\",\"versions\":[{\"version\":\"v1\"}]},"
                      + "{\"name\":\"down.io\",\"versions\":[{\"version\":\"v1\"}]}]}"));
      server.on("/api/v1", e -> json(e, 200, resources("pods")));
      server.onPods(pod("p", "Job"));
      server.on(log("p"), e -> json(e, 200, "line\n"));
      server.on("/apis/test.io/v1", e -> json(e, 200, resources("apples")));
      server.onList("apples", e -> json(e, 200, list("a")));
      server.on("/apis/down.io/v1", e -> json(e, 404, "{\"message\":\"gone\"}"));

      var items = run.collect();

      assertThat(items.outcome("c/resources/test.io/apples")).isEqualTo(Outcome.OK);
      assertThat(items.outcome("c/logs/n/p/app/current")).isEqualTo(Outcome.OK);
      assertThat(items.reason("c/discovery/down.io")).contains("gone");
    }
  }

  private static String resources(String plural) {
    return "{\"kind\":\"APIResourceList\",\"resources\":[{\"name\":\"%s\",\"namespaced\":true,"
            .formatted(plural)
        + "\"kind\":\"Thing\",\"verbs\":[\"list\"]},{\"name\":\"%s/status\",\"namespaced\":true}]}"
            .formatted(plural);
  }

  @Test
  void clustersAreCollectedSideBySideAndOneThatIsDownLosesNoOther() throws IOException {
    var archive = folder.resolve("two.tar.gz");
    try (var west = new TestServer("apples");
        var east = new TestServer("apples")) {
      west.onList("apples", e -> json(e, 200, list("w")));
      east.onList("apples", e -> json(e, 200, list("e")));
      var down =
          new ConfigBuilder().withAutoConfigure(false).withMasterUrl("http://127.0.0.1:1").build();
      var targets =
          List.of(
              new ClusterTarget("west", "west", west.config()),
              new ClusterTarget("east", "east", east.config()),
              new ClusterTarget("down", "down", down));
      CollectionSummary summary;
      try (var writer =
          ArchiveWriter.create(
              archive, "run", ArchiveFormat.TAR_GZ, Instant.EPOCH, Redaction.none())) {
        var options = CollectionOptions.defaults();
        summary = new Collection(targets, options, writer, Progress.none()).run();
      }

      assertThat(outcome(summary, "west/resources/test.io/apples")).isEqualTo(Outcome.OK);
      assertThat(outcome(summary, "east/resources/test.io/apples")).isEqualTo(Outcome.OK);
      assertThat(outcome(summary, "down/discovery")).isEqualTo(Outcome.FAILED);
      try (var reader = ArchiveReader.open(archive)) {
        assertThat(reader.paths())
            .contains(
                "clusters/west/namespaces/ns/test.io/apples.yaml",
                "clusters/east/namespaces/ns/test.io/apples.yaml");
      }
    }
  }

  private static Outcome outcome(CollectionSummary summary, String id) {
    return summary.items().stream()
        .filter(i -> i.id().equals(id))
        .map(CollectedItem::outcome)
        .findFirst()
        .orElseThrow(() -> new AssertionError(id + " was not planned"));
  }

  private static String log(String pod) {
    return "/api/v1/namespaces/n/pods/" + pod + "/log";
  }

  private static String pod(String name, String owner) {
    var owners =
        owner.isEmpty()
            ? ""
            : ",\"ownerReferences\":[{\"kind\":\"%s\",\"name\":\"w\",\"controller\":true}]"
                .formatted(owner);
    return """
    {"metadata":{"name":"%s","namespace":"n"%s},"spec":{"containers":[{"name":"app"}]},
     "status":{"containerStatuses":[{"name":"app","restartCount":0,"state":{"running":{}}}]}}
    """
        .formatted(name, owners);
  }
}
