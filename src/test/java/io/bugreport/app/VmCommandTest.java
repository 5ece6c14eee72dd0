package io.bugreport.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.bugreport.model.archive.Layout;
import io.bugreport.model.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Virtual machines from the command line.
class VmCommandTest {
  @TempDir Path folder;

  private CommandResult run(String... arguments) {
    return new CommandLineTester(folder).run(arguments);
  }

  private Path output() throws IOException {
    return Files.writeString(
        folder.resolve("vm.txt"),
        """
        bug-report-vm 1
        : host vm-1
        : user root
        : time 1795500000
        + files/hosts 1000
        |10.0.0.7 istiod
        |
        = ok 0
        + commands/nft.txt 0
        = skipped 0 nft is not installed
        . 2
        """);
  }

  @Test
  void theScriptIsPrintedWithTheWindowOfTheLogs() {
    var result = run("vm", "script", "--since", "1h", "--log-bytes", "1Mi");
    assertThat(result.exitCode()).isZero();
    assertThat(result.out())
        .startsWith("#!/bin/sh\n")
        .contains("\nsince=" + CommandLineTester.NOW.minusSeconds(3600).getEpochSecond() + "\n")
        .contains("\nlog_bytes=1048576\n")
        .endsWith("main \"$@\" </dev/null\n");
  }

  @Test
  void whatItPrintedBecomesAnArchive() throws IOException {
    var archive = folder.resolve("vm.tar.gz");
    var result =
        run("vm", "--vm-archive", output().toString(), "-o", archive.toString(), "--allow-leaks");
    assertThat(result.exitCode()).as(result.err()).isZero();
    try (var snapshot = Snapshot.open(archive, Instant.EPOCH)) {
      assertThat(snapshot.archive().has(Layout.machineFile("vm-1", "files/hosts"))).isTrue();
      assertThat(snapshot.items())
          .anyMatch(
              item ->
                  item.id().equals("vm-1/vm/commands/nft.txt")
                      && "nft is not installed".equals(item.reason()));
    }
  }

  @Test
  void anArchiveIsNamedAfterItsMachine() throws IOException {
    run("vm", "--vm-archive", output().toString(), "--output-dir", folder.toString(), "-q");
    try (var files = Files.list(folder)) {
      assertThat(files.map(file -> String.valueOf(file.getFileName())))
          .anyMatch(name -> name.startsWith("bug-report-vm-vm.txt-") && name.endsWith(".tar.gz"));
    }
  }

  @Test
  void aWrongUrlIsSaid() {
    var result = run("vm", "--vm", "ssh://ops:word@vm-1");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("it has a password").contains("ssh://ops@vm-1.example:22");
  }

  @Test
  void anAbsentFileIsSaid() {
    var result = run("vm", "--vm-archive", folder.resolve("none.txt").toString());
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("there is no file").contains("bug-report vm script | sh");
  }

  @Test
  void nothingCollectedIsFour() throws IOException {
    var file = Files.writeString(folder.resolve("odd.txt"), "Welcome to another machine\n");
    var result =
        run("vm", "--vm-archive", file.toString(), "-o", folder.resolve("x.tar.gz").toString());
    assertThat(result.exitCode()).isEqualTo(4);
  }
}
