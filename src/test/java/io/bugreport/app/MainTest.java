package io.bugreport.app;

import static io.bugreport.app.CommandResultAssert.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
  private static final String SERVICE =
      "{apiVersion: v1, kind: Service, metadata: {name: reviews, namespace: bookinfo}}";

  private final Path temporary;
  private final CommandLineTester cli;

  MainTest(@TempDir Path temporary) {
    this.temporary = temporary;
    this.cli = new CommandLineTester(temporary).with(TestChecks.services());
  }

  @Test
  void helpNamesCommandsAndExitCodes() {
    assertThat(cli.run("--help"))
        .succeeded()
        .errIsEmpty()
        .outContains("analyze", "checks", "explain", "70   a bug in this program")
        .outLacks("warm-up");
  }

  @Test
  void everyCommandHasHelp() {
    assertThat(cli.run("analyze", "--help"))
        .succeeded()
        .outContains("--suppress=CODE=GLOB", "Examples:");
  }

  @Test
  void aTypingErrorGetsTheLikelyCommandAndTheSynopsisNotThePage() {
    assertThat(cli.run("analyse", "x.yaml"))
        .endedWith(ExitCode.USAGE)
        .outIsEmpty()
        .errContains(
            "bug-report: there is no command or option \"analyse",
            "Did you mean: bug-report analyze",
            "Usage: bug-report",
            "Run 'bug-report --help' for all options.");
  }

  @Test
  void aBugIsOneLineThatSaysWhereTheStackTraceIs() throws IOException {
    var result = cli.brokenStdin().run("analyze", "-");
    assertThat(result).endedWith(ExitCode.BUG).outIsEmpty();
    Assertions.assertThat(result.err().lines()).hasSize(1);
    var report = Path.of(result.err().strip().replaceFirst(".* with ", ""));
    Assertions.assertThat(report).hasParent(temporary);
    Assertions.assertThat(Files.readString(report)).contains("stdin is broken", "\tat ");
  }

  @Test
  void verboseShowsTheStackTraceAtOnce() {
    assertThat(cli.brokenStdin().run("analyze", "-", "--verbose"))
        .endedWith(ExitCode.BUG)
        .errContains("stdin is broken", "\tat ");
    Assertions.assertThat(temporary).isEmptyDirectory();
  }

  @Test
  void coloursAreForTerminalsAlone() {
    cli.stdin(SERVICE);
    assertThat(cli.run("analyze", "-")).succeeded().outLacks("\u001b[");
    cli.onTerminal();
    assertThat(cli.run("analyze", "-")).succeeded().outContains("\u001b[33mWARNING\u001b[0m");
    assertThat(cli.run("--no-color", "analyze", "-")).succeeded().outLacks("\u001b[");
    assertThat(cli.run("analyze", "-", "--no-color")).succeeded().outLacks("\u001b[");
    assertThat(cli.environment("NO_COLOR", "1").run("analyze", "-"))
        .succeeded()
        .outLacks("\u001b[");
  }

  @ParameterizedTest
  @ValueSource(strings = {"read", "collect"})
  void warmUpGoesThroughTheProgramInSilence(String kind) {
    assertThat(cli.run("warm-up", kind)).succeeded().outIsEmpty().errIsEmpty();
  }
}
