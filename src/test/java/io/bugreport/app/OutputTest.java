package io.bugreport.app;

import static io.bugreport.app.CommandResultAssert.assertThat;

import io.bugreport.model.archive.ArchiveReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The archive goes where `--output` says, readable by its owner alone, and over nothing that is
/// there.
final class OutputTest {
  @TempDir Path folder;

  private CommandLineTester cli = new CommandLineTester(Path.of(""));

  @BeforeEach
  void prepare() {
    cli = new CommandLineTester(folder).with();
  }

  private CommandResult collect(String... flags) {
    var arguments = new java.util.ArrayList<>(java.util.List.of("demo", "--scenario", "bookinfo"));
    arguments.addAll(java.util.List.of(flags));
    return cli.run(arguments.toArray(String[]::new));
  }

  @Test
  void theArchiveIsTheFileThatIsNamedAndReplacesNoneWithoutForce() throws IOException {
    var file = folder.resolve("mesh.tar.zst");
    assertThat(collect("-q", "-o", file.toString())).succeeded().outContains(file.toString());
    Assertions.assertThat(folder.resolve("mesh.html")).exists();
    Assertions.assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    Assertions.assertThat(Files.readAllBytes(file)).startsWith(0x28, 0xb5, 0x2f, 0xfd);
    assertThat(cli.run("verify", file.toString())).succeeded();
    var before = Files.readAllBytes(file);
    assertThat(collect("-q", "-o", file.toString()))
        .endedWith(ExitCode.USAGE)
        .errContains("is there already", "--force");
    Assertions.assertThat(file).hasBinaryContent(before);
    assertThat(collect("-q", "-o", file.toString(), "--force")).succeeded();
    try (var left = Files.list(folder)) {
      Assertions.assertThat(left.map(f -> f.getFileName().toString()))
          .containsExactlyInAnyOrder("mesh.tar.zst", "mesh.html");
    }
  }

  @Test
  void standardOutputGetsTheArchiveAndNothingElse() throws IOException {
    var result = collect("-o", "-", "--output-dir", folder.toString());
    assertThat(result)
        .succeeded()
        .outIsEmpty()
        .errContains("report.html in the archive, which goes to standard output");
    Assertions.assertThat(folder).isEmptyDirectory();
    var file = Files.write(folder.resolve("received"), cli.bytes());
    try (var reader = ArchiveReader.open(file)) {
      Assertions.assertThat(reader.paths()).contains("manifest.json", "report.html");
    }
    assertThat(cli.run("verify", file.toString())).succeeded();
  }

  @Test
  void whatCannotBeWrittenIsSaidBeforeAnythingIsCollected() {
    assertThat(collect("-o", "x", "--output-dir", "y"))
        .endedWith(ExitCode.USAGE)
        .errContains("both say where");
    assertThat(collect("-o", "-", "--format", "dir"))
        .endedWith(ExitCode.USAGE)
        .errContains("a folder cannot be written");
    assertThat(collect("-o", folder.toString(), "--force"))
        .endedWith(ExitCode.USAGE)
        .errContains("is a folder");
    assertThat(collect("--force")).endedWith(ExitCode.USAGE).errContains("--force is for");
    cli.onTerminal();
    assertThat(collect("-o", "-")).endedWith(ExitCode.USAGE).errContains("terminal");
  }
}
