package io.bugreport.app.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.bugreport.model.snapshot.Snapshot;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("every kubectl on this machine works with a replayed cluster")
class KubectlTest {
  private record Result(int code, String out, String err) {}

  @TempDir static Path folder;
  private static Snapshot snapshot;
  private static ReplayServer server;
  private static List<Path> kubectls = List.of();

  @BeforeAll
  static void start() throws IOException {
    kubectls = found();
    snapshot = Snapshot.open(SampleArchive.write(folder), SampleArchive.COLLECTED);
    server = ReplayServer.start(snapshot, ReplayOptions.standard());
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
    snapshot.close();
  }

  private static List<Path> found() throws IOException {
    Set<Path> folders = new LinkedHashSet<>();
    var path = System.getenv("PATH");
    for (var entry : (path == null ? "" : path).split(File.pathSeparator, -1)) {
      var kubectl = Path.of(entry, "kubectl");
      if (!entry.isEmpty() && Files.isExecutable(kubectl)) {
        folders.add(kubectl.toRealPath().getParent());
      }
    }
    Set<Path> found = new LinkedHashSet<>();
    for (var candidates : folders) {
      var names = new ArrayList<>(List.of("kubectl"));
      for (var minor = 27; minor <= 36; minor++) {
        names.add("kubectl.1." + minor);
      }
      for (var name : names) {
        if (Files.isExecutable(candidates.resolve(name))) {
          found.add(candidates.resolve(name));
        }
      }
    }
    return List.copyOf(found);
  }

  private static Result run(Path kubectl, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(kubectl.toString()));
    command.add("--cache-dir=" + folder.resolve("cache-" + kubectl.getFileName()));
    command.addAll(List.of(arguments));
    var out = Files.createTempFile(folder, "out", "");
    var err = Files.createTempFile(folder, "err", "");
    var builder = new ProcessBuilder(command);
    builder.environment().put("KUBECONFIG", server.kubeconfig().toString());
    builder.environment().put("HOME", folder.toString());
    var process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("%s ends", command).isTrue();
    } finally {
      process.destroyForcibly();
    }
    return new Result(
        process.exitValue(),
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }

  private interface Trial {
    void on(Path kubectl) throws IOException, InterruptedException;
  }

  private static void withEach(Trial trial) throws IOException, InterruptedException {
    assumeTrue(!kubectls.isEmpty(), "no kubectl is on the PATH of this machine");
    for (var kubectl : kubectls) {
      trial.on(kubectl);
    }
  }

  @Test
  void showsPodsAsATable() throws Exception {
    withEach(
        kubectl ->
            assertThat(run(kubectl, "get", "pods", "-A").out())
                .as("%s", kubectl)
                .contains("READY")
                .containsPattern("cart-0 +2/2 +Running +3 \\(5m ago\\) +60m"));
  }

  @Test
  void findsCustomResourcesByTheirShortName() throws Exception {
    withEach(
        kubectl ->
            assertThat(run(kubectl, "get", "vs", "-A", "-o", "yaml").out())
                .as("%s", kubectl)
                .contains("kind: VirtualService", "- cart"));
  }

  @Test
  void describesAPodWithItsOwnEventsOnly() throws Exception {
    withEach(
        kubectl ->
            assertThat(run(kubectl, "describe", "pod", "-n", "shop", "cart-0").out())
                .as("%s", kubectl)
                .contains("istio-proxy was killed")
                .doesNotContain("Scheduled"));
  }

  @Test
  void readsLogs() throws Exception {
    withEach(
        kubectl -> {
          assertThat(run(kubectl, "logs", "-n", "shop", "cart-0", "-c", "app", "--tail=1").out())
              .as("%s", kubectl)
              .isEqualTo("third\n");
          assertThat(
                  run(kubectl, "logs", "-n", "shop", "cart-0", "-c", "istio-proxy", "--previous")
                      .out())
              .as("%s", kubectl)
              .isEqualTo("killed\n");
        });
  }

  @Test
  void execsOverWhateverItSpeaks() throws Exception {
    withEach(
        kubectl -> {
          var asked =
              run(
                  kubectl,
                  "exec",
                  "-n",
                  "shop",
                  "cart-0",
                  "-c",
                  "istio-proxy",
                  "--",
                  "pilot-agent",
                  "request",
                  "GET",
                  "server_info");
          assertThat(asked.out()).as("%s: %s", kubectl, asked).contains("ENVOY_SERVER_INFO");
          var unknown = run(kubectl, "exec", "-n", "shop", "cart-0", "-c", "app", "--", "ls");
          assertThat(unknown.code()).as("%s: %s", kubectl, unknown).isEqualTo(127);
        });
  }

  @Test
  void asksWhatItMayDo() throws Exception {
    withEach(
        kubectl -> {
          assertThat(run(kubectl, "auth", "can-i", "list", "pods").out())
              .as("%s", kubectl)
              .startsWith("yes");
          assertThat(run(kubectl, "auth", "can-i", "delete", "pods").out())
              .as("%s", kubectl)
              .startsWith("no");
        });
  }

  @Test
  void isToldThatTheServerIsReadOnly() throws Exception {
    withEach(
        kubectl ->
            assertThat(run(kubectl, "delete", "pod", "-n", "shop", "cart-0").err())
                .as("%s", kubectl)
                .contains("read-only"));
  }

  @Test
  void forwardsPorts() throws Exception {
    withEach(
        kubectl -> {
          try (var forward = Forward.start(kubectl, server.kubeconfig(), folder)) {
            for (var path : List.of("/config_dump", "/config_dump?include_eds")) {
              assertThat(forward.get(path)).as("%s", kubectl).isEqualTo(SampleArchive.DUMP);
            }
          }
        });
  }
}
