package io.bugreport.app;

import static io.bugreport.app.CommandResultAssert.assertThat;

import io.bugreport.model.archive.ArchiveFormat;
import io.bugreport.model.archive.ArchiveWriter;
import io.bugreport.model.archive.Layout;
import io.bugreport.model.archive.Redaction;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

class AnalyzeCommandTest {
  private static final String SERVICE =
      """
      apiVersion: v1
      kind: Service
      metadata:
        name: reviews
        namespace: bookinfo
      """;

  private final Path folder;
  private final CommandLineTester cli;

  AnalyzeCommandTest(@TempDir Path folder) {
    this.folder = folder;
    this.cli = new CommandLineTester(folder).with(TestChecks.services());
  }

  private String file(String name, String text) throws IOException {
    var file = folder.resolve(name);
    Files.createDirectories(file.resolveSibling("."));
    return Files.writeString(file, text).toString();
  }

  @Test
  void aFindingIsOneLineThatEditorsJumpTo() throws IOException {
    var file = file("app.yaml", SERVICE);
    assertThat(cli.run("analyze", file))
        .succeeded()
        .errIsEmpty()
        .outContains(
            file + ":4: WARNING [T-01] Service bookinfo/reviews: it is in default\n",
            "Give `spec.ports` a port.",
            "1 warning; of 1 checks 0 passed");
  }

  @Test
  void jsonHasTheFieldsThatProgramsRead() throws IOException {
    var file = file("app.yaml", SERVICE);
    var result = cli.run("analyze", "--output", "json", file);
    assertThat(result).succeeded().errIsEmpty();
    Assertions.assertThat(result.out())
        .isEqualToIgnoringWhitespace(
            """
            {"schema":"bug-report/findings/v1",
             "snapshot":{"source":"%s","collectedAt":"2026-11-24T07:12:00Z","clusters":["default"]},
             "summary":{"critical":0,"error":0,"warning":1,"info":0,
               "passed":0,"notApplicable":0,"notEvaluated":0,"suppressed":0},
             "findings":[{"code":"T-01","check":"service-without-port","severity":"warning",
               "title":"Service without a port","message":"it is in default",
               "resource":{"cluster":"default","kind":"Service","namespace":"bookinfo","name":"reviews"},
               "evidence":[{"path":"%s","line":4,
                 "excerpt":"kind: Service\\nmetadata:\\n  name: reviews\\n  namespace: bookinfo"}],
               "fix":"Give `spec.ports` a port.","docs":"docs/checks/service-without-port.md",
               "group":null}],
             "notEvaluated":[]}
            """
                .formatted(file, file));
  }

  @Test
  void readsStandardInput() {
    assertThat(cli.stdin(SERVICE).run("analyze", "-"))
        .succeeded()
        .outContains("-:4: WARNING [T-01] Service bookinfo/reviews");
  }

  @Test
  void readsFoldersButNotWhatIsHiddenInThem() throws IOException {
    file("manifests/deep/app.yml", SERVICE);
    file("manifests/.git/other.yaml", SERVICE.replace("reviews", "hidden"));
    file("manifests/notes.txt", "not: [yaml");
    assertThat(cli.run("analyze", folder.resolve("manifests").toString()))
        .succeeded()
        .outContains("manifests/deep/app.yml:4:")
        .outLacks("hidden");
  }

  @Test
  void readsArchivesInPlace() throws IOException {
    var archive = folder.resolve("bug-report-x.tar.gz");
    try (var writer =
        ArchiveWriter.create(
            archive,
            "bug-report-x",
            ArchiveFormat.TAR_GZ,
            CommandLineTester.NOW,
            Redaction.none())) {
      try (var entry = writer.open(Layout.list("west", "bookinfo", "", "services"))) {
        entry.write(SERVICE.getBytes(StandardCharsets.UTF_8));
      }
    }
    assertThat(cli.run("analyze", archive.toString()))
        .succeeded()
        .outContains("clusters/west/namespaces/bookinfo/core/services.yaml:4:", "it is in west");
    assertThat(cli.run("analyze", archive.toString(), file("app.yaml", SERVICE)))
        .endedWith(ExitCode.USAGE)
        .errContains("is an archive, and an archive is analyzed by itself");
  }

  @Test
  void namesClusters() throws IOException {
    var west = file("west.yaml", SERVICE);
    var east = file("east.yaml", SERVICE);
    assertThat(cli.run("analyze", "--cluster", "west=" + west, "--cluster", "east=" + east))
        .succeeded()
        .outContains(west + ":4:", "it is in west", east + ":4:", "it is in east");
  }

  @Test
  void failsOnTheSeverityNamed() throws IOException {
    var file = file("app.yaml", SERVICE);
    assertThat(cli.run("analyze", file, "--fail-on", "error")).succeeded();
    assertThat(cli.run("analyze", file, "--fail-on", "warning")).endedWith(ExitCode.FINDING);
    assertThat(cli.run("analyze", file, "--fail-on", "info")).endedWith(ExitCode.FINDING);
  }

  @Test
  void suppressesACodeOnMatchingObjects() throws IOException {
    var file = file("app.yaml", SERVICE);
    assertThat(cli.run("analyze", file, "--suppress", "T-01=Service book*/r?views"))
        .succeeded()
        .outContains("no findings, 1 suppressed")
        .outLacks("[T-01]");
    assertThat(cli.run("analyze", file, "--suppress", "T-01=Service other/*"))
        .succeeded()
        .outContains("[T-01]");
    assertThat(cli.run("analyze", file, "--suppress", "T-02=*")).succeeded().outContains("[T-01]");
  }

  @Test
  void anObjectMayAskNotToBeReported() throws IOException {
    for (var annotation :
        List.of("bug-report.io/suppress: 'T-09, T-01'", "galley.istio.io/analyze-suppress: '*'")) {
      var file = file("app.yaml", SERVICE + "  annotations: {" + annotation + "}\n");
      assertThat(cli.run("analyze", file)).succeeded().outContains("no findings, 1 suppressed");
    }
    var file = file("app.yaml", SERVICE + "  annotations: {bug-report.io/suppress: T-09}\n");
    assertThat(cli.run("analyze", file)).succeeded().outContains("1 warning");
  }

  @Test
  void aBaselineHidesWhatWasThereBefore() throws IOException {
    var before = file("before.yaml", SERVICE);
    var baseline = file("baseline.json", cli.run("analyze", "--output", "json", before).out());
    var after =
        file(
            "after.yaml",
            "# moved by a line\n" + SERVICE + "---\n" + SERVICE.replace("reviews", "details"));

    assertThat(cli.run("analyze", after, "--baseline", baseline))
        .succeeded()
        .outContains("Service bookinfo/details", "1 warning, 1 suppressed");
    assertThat(cli.run("analyze", before, "--baseline", baseline, "--fail-on", "info"))
        .succeeded()
        .outContains("no findings, 1 suppressed");
  }

  @Test
  void aBaselineMustBeOne() throws IOException {
    var file = file("app.yaml", SERVICE);
    assertThat(cli.run("analyze", file, "--baseline", file))
        .endedWith(ExitCode.USAGE)
        .errContains("is no baseline", "--output json");
  }

  @Test
  void yamlSaysTheSameAsJson() throws IOException {
    var file = file("app.yaml", SERVICE);
    Assertions.assertThat(
            YAMLMapper.builder().build().readTree(cli.run("analyze", "-o", "yaml", file).out()))
        .isEqualTo(
            JsonMapper.builder().build().readTree(cli.run("analyze", "-o", "json", file).out()));
  }

  @Test
  void hasTheFormsThatCodeHostsAndBuildServersRead() throws IOException {
    var file = file("app.yaml", SERVICE);
    assertThat(cli.run("analyze", "-o", "sarif", file))
        .succeeded()
        .outContains("\"2.1.0\"", "T-01", "\"startLine\"");
    assertThat(cli.run("analyze", "-o", "junit", file))
        .succeeded()
        .outContains("<testsuite", "T-01");
    assertThat(cli.run("analyze", "-o", "markdown", file))
        .succeeded()
        .outContains("T-01", "Service bookinfo/reviews");
  }

  @Test
  void runsTheChecksNamedAlone() throws IOException {
    var file = file("app.yaml", SERVICE);
    cli.with(TestChecks.services(), TestChecks.certificates());
    assertThat(cli.run("analyze", file, "--check", "service-without-port"))
        .succeeded()
        .outContains("of 1 checks");
    assertThat(cli.run("analyze", file, "--check", "T-01,expired"))
        .succeeded()
        .outContains("of 2 checks");
    assertThat(cli.run("analyze", file, "--check", "T-99"))
        .endedWith(ExitCode.USAGE)
        .errContains("\"T-99\"");
  }

  @Test
  void meshSettingsStandWhereIstioKeepsThemAndWin() throws IOException {
    var loose =
        file(
            "a.yaml",
            """
            {apiVersion: v1, kind: ConfigMap, metadata: {name: istio, namespace: istio-system}, data: {mesh: other}}
            """);
    var config = file("mesh.yaml", "trustDomain: example.org");
    var networks = file("networks.yaml", "networks: {}");
    assertThat(
            cli.with(TestChecks.meshConfig())
                .run("analyze", loose, "--mesh-config", config, "--mesh-networks", networks))
        .succeeded()
        .outContains("trustDomain: example.org|networks: {}")
        .outLacks("other");
  }

  @Test
  void whatCouldNotBeSeenIsSaid() throws IOException {
    assertThat(cli.with(TestChecks.certificates()).run("analyze", file("app.yaml", SERVICE)))
        .succeeded()
        .outContains("not evaluated: expired: envoy certs: not in this archive")
        .outContains("1 could not be evaluated");
  }

  @Test
  void badYamlStopsBeforeAnyCheckCouldTakeItForAbsence() throws IOException {
    var good = file("app.yaml", SERVICE);
    var bad = file("bad.yaml", "kind: Service\nmetadata: [\n");
    assertThat(cli.run("analyze", good, bad))
        .endedWith(ExitCode.USAGE)
        .outIsEmpty()
        .errContains("bug-report: " + bad + ":3: ");
  }

  @Test
  void filesWithoutObjectsAreNoHealth() throws IOException {
    assertThat(cli.run("analyze", file("values.yaml", "replicas: 3\n")))
        .endedWith(ExitCode.USAGE)
        .outIsEmpty()
        .errContains("none of the Kubernetes objects", "values.yaml");
  }

  @Test
  void aMissingFileIsNamed() {
    assertThat(cli.run("analyze", "nowhere.yaml"))
        .endedWith(ExitCode.USAGE)
        .errContains("bug-report: nowhere.yaml: there is no such file or folder");
  }
}
