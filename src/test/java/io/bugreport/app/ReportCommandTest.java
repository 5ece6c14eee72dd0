package io.bugreport.app;

import static io.bugreport.app.CommandResultAssert.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportCommandTest {
  @TempDir Path folder;
  private CommandLineTester cli;
  private Path archive;

  @BeforeEach
  void mesh() throws IOException {
    cli = new CommandLineTester(folder).with(TestChecks.services());
    archive = Files.createDirectory(folder.resolve("archive"));
    Files.writeString(
        archive.resolve("mesh.yaml"),
        "apiVersion: v1\nkind: Service\nmetadata: {name: reviews, namespace: n}\n");
  }

  private Path templates(String name, String text) throws IOException {
    var own = Files.createDirectory(folder.resolve("own"));
    Files.writeString(own.resolve(name), text);
    return own;
  }

  @Test
  void aTemplateOfTheUsersOwnStandsInForOurs() throws IOException {
    var own = templates("report.ftlh", "<p>${page.title()} ${\"<b>\"}</p>");
    assertThat(cli.run("report", archive.toString(), "--templates", own.toString()))
        .succeeded()
        .outContains("<p>Cluster default &lt;b&gt;</p>");
  }

  @Test
  void aStyleOfTheUsersOwnIsNamedByThePolicy() throws IOException {
    var own = templates("report.css", "h1 { color: teal }");
    var result = cli.run("report", archive.toString(), "--templates", own.toString());
    assertThat(result).succeeded().outContains("<style>h1 { color: teal }</style>");
  }

  @Test
  void aTemplateThatFailsSaysWhere() throws IOException {
    var own = templates("report.ftlh", "one\n${nothing}");
    var result = cli.run("report", archive.toString(), "--templates", own.toString());
    Assertions.assertThat(result.exitCode()).isNotZero();
    Assertions.assertThat(result.err()).contains("report.ftlh").contains("line 2");
  }

  @Test
  void aFolderThatIsNoneIsRefused() {
    var result = cli.run("report", archive.toString(), "--templates", "nowhere");
    Assertions.assertThat(result.exitCode()).isEqualTo(2);
    Assertions.assertThat(result.err()).contains("--templates nowhere is not a folder");
  }

  @Test
  void aSizeThatIsNoneIsRefused() {
    var result = cli.run("report", archive.toString(), "--max-report-size", "big");
    Assertions.assertThat(result.exitCode()).isEqualTo(2);
    Assertions.assertThat(result.err()).contains("\"big\" is no size; write it like 500k");
  }

  @Test
  void openWritesThePageBesideTheArchiveAndNamesIt() {
    var result = cli.environment("BROWSER", "true").run("report", archive.toString(), "--open");
    var page = folder.resolve("archive.html");
    assertThat(result).succeeded().outContains(page.toString());
    Assertions.assertThat(page).content().contains("<!doctype html>");
  }

  @Test
  void withoutABrowserThePageIsThereAllTheSame() {
    var result = cli.environment("PATH", "").run("report", archive.toString(), "--open");
    Assertions.assertThat(result.exitCode()).isEqualTo(2);
    Assertions.assertThat(result.err()).contains("no browser was found");
    Assertions.assertThat(folder.resolve("archive.html")).exists();
  }
}
