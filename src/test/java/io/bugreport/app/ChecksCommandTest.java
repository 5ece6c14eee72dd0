package io.bugreport.app;

import static io.bugreport.app.CommandResultAssert.assertThat;

import java.nio.file.Path;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChecksCommandTest {
  private final CommandLineTester cli;

  ChecksCommandTest(@TempDir Path temporary) {
    cli = new CommandLineTester(temporary).with(TestChecks.services(), TestChecks.meshConfig());
  }

  @Test
  void listsCodesSeveritiesAndTitles() {
    assertThat(cli.run("checks"))
        .succeeded()
        .errIsEmpty()
        .outContains("T-01  WARNING   Service without a port (service-without-port)", "2 checks");
  }

  @Test
  void jsonHasTheFieldsThatProgramsRead() {
    var result = cli.with(TestChecks.services()).run("checks", "--output", "json");
    assertThat(result).succeeded();
    Assertions.assertThat(result.out())
        .isEqualToIgnoringWhitespace(
            """
            {"checks":[{"id":"service-without-port","codes":["T-01"],"title":"Service without a port",
            "severity":"warning","reads":["services"],"istioctlAnalyzer":"service.PortAnalyzer",
            "docs":"docs/checks/service-without-port.md"}]}
            """);
  }

  @Test
  void aCheckOfOursStandsForNoAnalyzer() {
    assertThat(cli.with(TestChecks.meshConfig()).run("checks", "-o", "json"))
        .succeeded()
        .outContains("\"istioctlAnalyzer\" : null");
  }

  @Test
  void explainPrintsThePageForATerminal() {
    assertThat(cli.run("explain", "t-01"))
        .succeeded()
        .outContains(
            "T-01: Service without a port",
            "WARNING, service-without-port, reads services",
            "See ports (https://istio.io/ports)",
            "\n- one\n- two\n",
            "\n    ports: [{name: http}]\n",
            "\nFix\n\nGive `spec.ports` a port.\n");
  }

  @Test
  void explainSuggestsWhatIsSpelledAlike() {
    assertThat(cli.run("explain", "service-with-port"))
        .endedWith(ExitCode.USAGE)
        .outIsEmpty()
        .errContains(
            "no check has the id or code \"service-with-port\"",
            "did you mean service-without-port?",
            "Run 'bug-report checks' for the list.");
  }
}
