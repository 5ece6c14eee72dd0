package io.bugreport.app;

import static io.bugreport.app.CommandResultAssert.assertThat;

import io.bugreport.app.serve.ReplayOptions;
import io.bugreport.app.serve.ReplayServer;
import io.bugreport.model.check.CheckCatalogue;
import io.bugreport.model.check.CheckDefinition;
import io.bugreport.model.snapshot.Snapshot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnalyzeLiveTest {
  private static final Path MESH = Path.of("../samples/bookinfo-broken");

  @TempDir private Path folder;

  @Test
  void readsTheConfigurationAndLeavesNothingBehind() throws Exception {
    var temporary = Files.createDirectory(folder.resolve("temporary"));
    try (var snapshot = Snapshot.open(MESH, Instant.EPOCH);
        var server = ReplayServer.start(snapshot, ReplayOptions.standard())) {
      var result =
          cli(temporary)
              .run(
                  "analyze", "--live", "--verbose", "--kubeconfig", server.kubeconfig().toString());

      assertThat(result)
          .succeeded()
          .errIsEmpty()
          .outContains(
              "[IST0101] VirtualService bookinfo/reviews",
              "not evaluated: stale-name-table",
              "only configuration was asked for")
          .outLacks("[ENV-01]");
    }
    try (var left = Files.list(temporary)) {
      Assertions.assertThat(left).as("left in the temporary folder").isEmpty();
    }
  }

  @Test
  void aClusterThatDoesNotAnswerIsNoHealthyOne() throws Exception {
    var kubeconfig =
        Files.writeString(
            folder.resolve("kubeconfig"),
            """
            apiVersion: v1
            kind: Config
            current-context: gone
            contexts: [{name: gone, context: {cluster: gone, user: nobody}}]
            clusters: [{name: gone, cluster: {server: "http://127.0.0.1:1"}}]
            users: [{name: nobody, user: {}}]
            """);
    assertThat(cli(folder).run("analyze", "--live", "--kubeconfig", kubeconfig.toString()))
        .endedWith(ExitCode.NOTHING_COLLECTED)
        .errContains("nothing could be read from the cluster");
  }

  @Test
  void filesAndAClusterDoNotGoTogether() {
    assertThat(cli(folder).run("analyze", "--live", "app.yaml"))
        .endedWith(ExitCode.USAGE)
        .errContains("--live reads a cluster");
    assertThat(cli(folder).run("analyze", "-n", "shop", "app.yaml"))
        .endedWith(ExitCode.USAGE)
        .errContains("Add --live");
  }

  private static CommandLineTester cli(Path temporary) {
    var checks = CheckCatalogue.load(Main.class.getClassLoader()).checks();
    return new CommandLineTester(temporary).with(checks.toArray(CheckDefinition[]::new));
  }
}
