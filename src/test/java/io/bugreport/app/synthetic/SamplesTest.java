package io.bugreport.app.synthetic;

import static org.assertj.core.api.Assertions.assertThat;

import io.bugreport.model.archive.Layout;
import io.bugreport.model.endpoint.Endpoint;
import io.bugreport.model.endpoint.Server;
import io.bugreport.model.resource.DocumentReader;
import io.bugreport.model.resource.ResourceKind;
import io.bugreport.model.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SamplesTest {
  private static final Path COMMITTED = Path.of("..", "samples");
  private static final String REFRESH =
      "write it again: rm -r samples/NAME; ./bug-report synthetic --plan NAME --output samples/NAME";

  @TempDir Path folder;

  private Path written(String name) throws IOException {
    var target = folder.resolve(name);
    Samples.write(name, target);
    return target;
  }

  private static Map<String, String> content(Path root) throws IOException {
    var all = new TreeMap<String, String>();
    try (var files = Files.walk(root)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        all.put(root.relativize(file).toString(), Files.readString(file));
      }
    }
    return all;
  }

  @ParameterizedTest
  @ValueSource(strings = {"bookinfo", "bookinfo-broken"})
  void committedFolderIsWhatTheGeneratorWrites(String name) throws IOException {
    var expected = content(written(name));
    var committed = content(COMMITTED.resolve(name));
    assertThat(committed.keySet())
        .as("files of samples/%s; %s", name, REFRESH)
        .isEqualTo(expected.keySet());
    expected.forEach(
        (path, text) ->
            assertThat(committed.get(path))
                .as("samples/%s/%s; %s", name, path, REFRESH)
                .isEqualTo(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bookinfo", "bookinfo-broken"})
  void everyDocumentCanBeRead(String name) throws IOException {
    try (var snapshot = Snapshot.open(written(name), Instant.EPOCH)) {
      for (var path : snapshot.archive().paths()) {
        if (Layout.isDocument(path)) {
          try (var in = snapshot.archive().open(path)) {
            DocumentReader.read(path, in, _ -> {});
          }
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"bookinfo", "bookinfo-broken"})
  void itemsAndFilesAreEachOthers(String name) throws IOException {
    try (var snapshot = Snapshot.open(written(name), Instant.EPOCH)) {
      var claimed = new HashSet<String>();
      for (var item : snapshot.items()) {
        if (item.path() == null) {
          continue;
        }
        var pattern = Pattern.quote(item.path()).replace("*", "\\E[^/]*\\Q");
        var own =
            snapshot.archive().paths().stream()
                .filter(path -> path.matches(pattern))
                .collect(Collectors.toSet());
        assertThat(own).as("files of %s", item.id()).isNotEmpty();
        claimed.addAll(own);
      }
      assertThat(snapshot.archive().paths())
          .filteredOn(path -> !Layout.isOurs(path) && !path.endsWith("/timestamp"))
          .filteredOn(path -> Layout.podFile(path).isEmpty())
          .allMatch(claimed::contains);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"bookinfo", "bookinfo-broken"})
  void everyEndpointButZtunnelsAnswers(String name) throws IOException {
    try (var snapshot = Snapshot.open(written(name), Instant.EPOCH)) {
      var cluster = snapshot.clusters().getFirst();
      assertThat(Arrays.stream(Endpoint.values()).filter(e -> e.server() != Server.ZTUNNEL))
          .allSatisfy(e -> assertThat(cluster.answers(e)).isNotEmpty());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"bookinfo", "bookinfo-broken"})
  void endpointsAndProxiesArePodsOrTheMachine(String name) throws IOException {
    try (var snapshot = Snapshot.open(written(name), Instant.EPOCH)) {
      var cluster = snapshot.clusters().getFirst();
      Set<String> addresses = new HashSet<>(Set.of(VirtualMachine.ADDRESS, "172.18.0.2"));
      Set<String> proxies = new HashSet<>(Set.of("inventory-vm-1.bookinfo"));
      for (var pod : cluster.all(ResourceKind.POD)) {
        addresses.add(pod.text("status.podIP"));
        proxies.add(pod.name() + "." + pod.namespace());
      }
      for (var answer : cluster.answers(Endpoint.ENVOY_CONFIG_DUMP)) {
        for (var config : json(snapshot, answer.path()).path("configs")) {
          config.path("dynamic_endpoint_configs").findValues("address").stream()
              .filter(JsonNode::isString)
              .forEach(a -> assertThat(addresses).contains(a.stringValue()));
        }
      }
      for (var answer : cluster.answers(Endpoint.ISTIOD_SYNCZ)) {
        json(snapshot, answer.path())
            .forEach(row -> assertThat(proxies).contains(row.path("proxy").stringValue()));
      }
    }
  }

  private static JsonNode json(Snapshot snapshot, String path) throws IOException {
    try (var in = snapshot.archive().open(path)) {
      return JsonMapper.shared().readTree(in);
    }
  }
}
