package io.bugreport.app;

import static io.bugreport.app.CommandResultAssert.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeclaredChecksTest {
  private static final Path SAMPLE = Path.of("../samples/plugin/declared/gateway-without-tls.yaml");

  private static final String GATEWAY =
      """
      apiVersion: networking.istio.io/v1
      kind: Gateway
      metadata: {name: front, namespace: shop}
      spec:
        servers:
        - port: {number: 80, name: http, protocol: HTTP}
          hosts: [shop.example.com]
      """;

  @TempDir private Path folder;
  private Path plugins;
  private CommandLineTester cli;

  @BeforeEach
  void emptyFolder() throws IOException {
    plugins = Files.createDirectory(folder.resolve("plugins"));
    cli = new CommandLineTester(folder).with(TestChecks.services());
  }

  @Test
  void theSampleFindsPlainHttp() throws IOException {
    assertThat(analyze(Files.readString(SAMPLE), GATEWAY))
        .succeeded()
        .outContains(
            ":6: WARNING [EXAMPLE-02] Gateway shop/front: A server of Gateway front answers plain"
                + " HTTP for shop.example.com.");
  }

  @Test
  void theSampleIsSilentAboutARedirect() throws IOException {
    assertThat(analyze(Files.readString(SAMPLE), GATEWAY + "    tls: {httpsRedirect: true}\n"))
        .succeeded()
        .outLacks("EXAMPLE-02");
  }

  @Test
  void anObjectWithoutTheFieldIsNoPass() throws IOException {
    var gateway = GATEWAY.substring(0, GATEWAY.indexOf("spec:")) + "spec: {}\n";
    assertThat(analyze(Files.readString(SAMPLE), gateway))
        .succeeded()
        .outContains("not evaluated", "gateway-without-tls", "lacks a field");
  }

  @Test
  void whatTheMessageCannotSayIsAQuestionMark() throws IOException {
    var check = Files.readString(SAMPLE).replace("${object.metadata.name}", "${object.spec.none}");
    assertThat(analyze(check, GATEWAY)).succeeded().outContains("A server of Gateway ? answers");
  }

  @Test
  void theSampleIsExplained() throws IOException {
    Files.copy(SAMPLE, plugins.resolve("a.yaml"));
    assertThat(cli.run("explain", "--plugins", plugins.toString(), "EXAMPLE-02"))
        .succeeded()
        .outContains("can be read and changed on its way");
  }

  @Test
  void lintSaysEveryProblemWithItsLine() throws IOException {
    var file = folder.resolve("bad.yaml");
    Files.writeString(
        file,
        """
        id: Bad_Name
        codes: [x]
        severity: awful
        match: [Gateway, Sandwich]
        condition: object.spec +
        mesage: typo
        why: Because.
        fix: Do.
        """);
    assertThat(cli.run("checks", "lint", file.toString()))
        .endedWith(ExitCode.USAGE)
        .outContains(
            file + ":1: id: \"Bad_Name\" is not of the form",
            file + ":1: message is missing",
            file + ":1: title is missing",
            file + ":2: codes: \"x\"",
            file + ":3: severity: \"awful\"",
            file + ":4: match: several kinds are called Gateway",
            file + ":4: match: \"Sandwich\" is no kind",
            file + ":5: condition: ",
            file + ":6: mesage is no field of a check");
  }

  @Test
  void lintRefusesAConditionThatIsNoQuestion() throws IOException {
    var file = folder.resolve("bad.yaml");
    Files.writeString(
        file,
        Files.readString(SAMPLE).replaceAll("(?s)condition: .*?at:", "condition: 1 + 1\nat:"));
    assertThat(cli.run("checks", "lint", file.toString()))
        .endedWith(ExitCode.USAGE)
        .outContains(":7: condition: ");
  }

  private static final String DISK = "no space left on device";

  private Path snapshotWithLog(String log) throws IOException {
    var snapshot = folder.resolve("snapshot");
    cli.run("synthetic", "--output", snapshot.toString());
    try (var logs = Files.walk(snapshot)) {
      var file = logs.filter(f -> f.endsWith("discovery/logs/current.log")).findFirst();
      Files.writeString(file.orElseThrow(), log);
    }
    return snapshot;
  }

  @Test
  void theSampleFindsLinesOfALog() throws IOException {
    Files.copy(Path.of("../samples/plugin/declared/full-disk.yaml"), plugins.resolve("a.yaml"));
    var snapshot =
        snapshotWithLog(
            "2026-11-20T10:00:00Z fine\n2026-11-20T10:00:01Z write: %1$s\n2026-11-20T10:00:02Z %1$s\n"
                .formatted(DISK));
    assertThat(cli.run("analyze", "--plugins", plugins.toString(), snapshot.toString()))
        .outContains(
            "discovery/logs/current.log:2: ERROR [EXAMPLE-03]",
            "discovery in istio-system/istiod-",
            "could not write 2 times");
  }

  @Test
  void fewerLinesThanAskedForAreNoFinding() throws IOException {
    Files.writeString(
        plugins.resolve("a.yaml"),
        Files.readString(Path.of("../samples/plugin/declared/full-disk.yaml")) + "least: 3\n");
    var snapshot =
        snapshotWithLog("2026-11-20T10:00:01Z %1$s\n2026-11-20T10:00:02Z %1$s\n".formatted(DISK));
    assertThat(cli.run("analyze", "--plugins", plugins.toString(), snapshot.toString()))
        .outLacks("EXAMPLE-03");
  }

  @Test
  void lintSaysWhatIsWrongWithACheckOfLogs() throws IOException {
    var file = folder.resolve("bad.yaml");
    Files.writeString(
        file,
        """
        id: a
        codes: A-1
        title: A
        severity: error
        why: Because.
        fix: Do.
        message: A.
        logs: [istiod, kubelet]
        pattern: "(a"
        least: none
        match: Gateway
        """);
    assertThat(cli.run("checks", "lint", file.toString()))
        .endedWith(ExitCode.USAGE)
        .outContains(
            file + ":8: logs: \"kubelet\" is none of",
            file + ":9: pattern: missing closing )",
            file + ":10: least: \"none\" is no whole number above 0",
            file + ":11: match is for checks of objects");
  }

  @Test
  void lintLetsTheSamplePass() {
    assertThat(cli.run("checks", "lint", SAMPLE.toString()))
        .succeeded()
        .outContains("gateway-without-tls can be used");
  }

  @Test
  void aBadCheckEndsTheRunThatAskedForIt() throws IOException {
    assertThat(analyze("id: x\n", GATEWAY))
        .endedWith(ExitCode.USAGE)
        .errContains("is missing", "bug-report checks lint ");
  }

  private CommandResult analyze(String check, String objects) throws IOException {
    Files.writeString(plugins.resolve("ours.yaml"), check);
    var file = Files.writeString(folder.resolve("objects.yaml"), objects);
    return cli.run("analyze", "--plugins", plugins.toString(), "--verbose", file.toString());
  }
}
