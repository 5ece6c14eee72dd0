package io.bugreport.app.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.bugreport.collector.rights.Need;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The rules for a run, as `bug-report rbac` prints them.
@Timeout(120)
class LeastRightsTest {
  private static final LeastRights.Subject WHO =
      new LeastRights.Subject("ServiceAccount", "support", "bug-report");

  @TempDir private Path folder;

  @Test
  void whatIsAskedOfTheWholeClusterAndOfANamespaceAreRolesOfTheirOwn() {
    assertThat(yaml())
        .contains(
            """
            kind: ClusterRole
            metadata:
              name: bug-report
            rules:
            - apiGroups: [""]
              resources: [nodes, pods]
              verbs: [list]
            """,
            """
            kind: Role
            metadata:
              name: bug-report
              namespace: "shop"
            rules:
            - apiGroups: [""]
              resources: [pods/log]
              verbs: [get]
            - apiGroups: [""]
              resources: [pods/exec]
              verbs: [create, get]
            """);
  }

  /// With `--dry-run=client` nothing is changed; the server only tells which kinds there are.
  @Test
  void kubectlTakesThem() throws IOException, InterruptedException {
    assumeTrue(
        Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
            .anyMatch(path -> Files.isExecutable(Path.of(path, "kubectl"))),
        "kubectl is not on this machine");
    var kubeconfig = System.getenv("BUG_REPORT_TEST_KUBECONFIG");
    assumeTrue(kubeconfig != null, "BUG_REPORT_TEST_KUBECONFIG names no kubeconfig");
    var file = Files.writeString(folder.resolve("rights.yaml"), yaml());

    var kubectl =
        new ProcessBuilder(
                "kubectl",
                "--kubeconfig",
                kubeconfig,
                "apply",
                "--dry-run=client",
                "-f",
                file.toString())
            .redirectErrorStream(true)
            .start();
    var said = new String(kubectl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(kubectl.waitFor(60, TimeUnit.SECONDS)).as("kubectl ends").isTrue();
    assertThat(kubectl.exitValue()).as(said).isZero();
    assertThat(said.lines().filter(line -> line.contains("(dry run)"))).as(said).hasSize(4);
  }

  private static String yaml() {
    return LeastRights.yaml(
        List.of(
            need("", "nodes", "list"),
            need("", "pods", "list"),
            need("shop", "pods/log", "get"),
            need("shop", "pods/exec", "get", "create")),
        WHO);
  }

  private static Need need(String namespace, String resource, String... verbs) {
    return new Need("c", namespace, "", resource, new TreeSet<>(List.of(verbs)), true);
  }
}
