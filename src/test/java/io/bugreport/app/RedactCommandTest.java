package io.bugreport.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.bugreport.model.archive.ArchiveFormat;
import io.bugreport.model.archive.ArchiveReader;
import io.bugreport.model.archive.ArchiveWriter;
import io.bugreport.model.archive.Layout;
import io.bugreport.model.archive.Redaction;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A second pass over an archive, and the scan that looks for what is left in it.
class RedactCommandTest {
  private static final String LOG = Layout.log("c", "n", "p", "app", Layout.Run.CURRENT);

  /// Made here, so that no scanner finds it in the sources.
  private static final String TOKEN = "gh" + "p_" + "Ab3dEf6hIj".repeat(4);

  @TempDir private Path folder;

  private CommandResult run(Object... arguments) {
    var texts = new String[arguments.length];
    for (var i = 0; i < texts.length; i++) {
      texts[i] = arguments[i].toString();
    }
    return new CommandLineTester(folder).run(texts);
  }

  /// An archive that was not redacted.
  private Path leaking() throws IOException {
    var target = folder.resolve("leaking.tar.gz");
    try (var archive =
        ArchiveWriter.create(
            target, "leaking", ArchiveFormat.TAR_GZ, Instant.EPOCH, Redaction.none())) {
      archive.write(LOG, "starting\nclone with " + TOKEN + "\ndone\n");
      archive.write(
          Layout.REDACTIONS,
          "{\"redactions\":[\n{\"rule\":\"jwt\",\"path\":\"" + LOG + "\",\"count\":2}\n]}\n");
    }
    return target;
  }

  private static String entry(Path archive, String path) throws IOException {
    try (var reader = ArchiveReader.open(archive);
        var in = reader.open(path)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void theScanSaysWhereASecretIsAndNotWhatItIs() throws IOException {
    var result = run("redact", "--scan", leaking());

    CommandResultAssert.assertThat(result)
        .endedWith(ExitCode.FINDING)
        .outContains(LOG + ":2: GitHub token", "do not attach it yet")
        .outLacks(TOKEN);
  }

  @Test
  void theSecondPassLeavesItOut() throws IOException {
    var result = run("redact", leaking());

    CommandResultAssert.assertThat(result)
        .succeeded()
        .outContains("1  github-token", "leaking-redacted.tar.gz");
    var made = folder.resolve("leaking-redacted.tar.gz");
    assertThat(entry(made, LOG)).isEqualTo("starting\nclone with [redacted]\ndone\n");
    assertThat(entry(made, Layout.REDACTIONS))
        .contains("{\"rule\":\"github-token\",\"path\":\"" + LOG + "\",\"count\":1}")
        .contains("{\"rule\":\"jwt\",\"path\":\"" + LOG + "\",\"count\":2}");
    CommandResultAssert.assertThat(run("redact", "--scan", made))
        .succeeded()
        .outContains("sees no secret");
  }

  private Path rules(String yaml) throws IOException {
    return Files.writeString(folder.resolve("rules.yaml"), yaml);
  }

  @Test
  void rulesOfTheUsersOwnAreCountedUnderTheirNames() throws IOException {
    var rules = rules("- name: start\n  files: ['**/*.log']\n  pattern: 'start[a-z]+'\n");

    CommandResultAssert.assertThat(run("redact", "--redaction-rules", rules, leaking()))
        .succeeded()
        .outContains("1  start", "1  github-token");
    assertThat(entry(folder.resolve("leaking-redacted.tar.gz"), LOG))
        .isEqualTo("[redacted]\nclone with [redacted]\ndone\n");
  }

  @Test
  void rulesThatCannotBeUsedStopTheRunBeforeItBegins() throws IOException {
    var rules = rules("- name: start\n  patern: x\n");

    CommandResultAssert.assertThat(run("redact", "--redaction-rules", rules, leaking()))
        .endedWith(ExitCode.USAGE)
        .errContains("rules.yaml:2: there is no field patern; is pattern meant?", "redact lint");
    assertThat(folder.resolve("leaking-redacted.tar.gz")).doesNotExist();
  }

  @Test
  void lintSaysWhichRulesCanBeUsed() throws IOException {
    CommandResultAssert.assertThat(
            run("redact", "lint", rules("- name: a\n  pattern: x\n- name: b\n  pattern: '('\n")))
        .endedWith(ExitCode.USAGE)
        .outContains("rules.yaml: a can be used", "rules.yaml:4: pattern: ");
  }

  @Test
  void thePreviewShowsWhatWouldBeReplacedAndNoValue() throws IOException {
    var page = folder.resolve("preview.html");

    CommandResultAssert.assertThat(run("redact", "--preview", page, leaking()))
        .succeeded()
        .outContains("1 values would be replaced");
    assertThat(Files.readString(page))
        .contains("github-token", LOG, "xxxxx xxxx …")
        .doesNotContain(TOKEN, "clone");
    assertThat(folder.resolve("leaking-redacted.tar.gz")).doesNotExist();
  }

  @Test
  void anArchiveThatIsThereIsNotOverwritten() throws IOException {
    var archive = leaking();
    run("redact", archive);

    CommandResultAssert.assertThat(run("redact", archive))
        .endedWith(ExitCode.USAGE)
        .errContains("exists already", "--output-dir");
  }
}
