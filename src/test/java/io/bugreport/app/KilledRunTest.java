package io.bugreport.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.bugreport.model.archive.ArchiveReader;
import io.bugreport.model.archive.ArchiveWriter;
import io.bugreport.model.snapshot.Snapshot;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs that are killed with `kill -9` at random moments lose nothing that was finished. There are
/// as many as `-Dkills=` says.
final class KilledRunTest {
  private static final int KILLS = Integer.getInteger("kills", 2);

  @TempDir Path folder;

  @Test
  void everyFinishedEntryIsReadByTarAndTheArchiveIsRepaired()
      throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(Path.of("/bin/tar")), "no /bin/tar on this machine");
    var seed = Long.getLong("seed", System.nanoTime());
    var random = new Random(seed);
    for (var i = 0; i < KILLS; i++) {
      var run = Files.createDirectory(folder.resolve("run-" + i));
      var archive = run.resolve("bug-report-killed.tar.gz");
      var finished = kill(archive, 1 + random.nextInt(WriterToKill.ENTRIES));
      assertSaved(run, archive, finished, "run " + i + " of -Dseed=" + seed);
    }
  }

  /// Lets a process write until so many entries are finished, and kills it.
  private static List<String> kill(Path archive, int after)
      throws IOException, InterruptedException {
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                WriterToKill.class.getName(),
                archive.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<String> finished = new ArrayList<>();
    try (var out =
        new BufferedReader(
            new java.io.InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (var line = out.readLine(); line != null; line = out.readLine()) {
        finished.add(line);
        if (finished.size() == 1) {
          assertNotTakenForLeftOvers(Objects.requireNonNull(archive.getParent()));
        }
        if (finished.size() == after) {
          process.destroyForcibly();
        }
      }
    } catch (IOException _) {
      // The stream of a killed process may end in the middle of a line.
    }
    assertThat(process.waitFor()).as("how the writer ended").isEqualTo(137);
    return finished;
  }

  /// What a living process holds aside is its own.
  private static void assertNotTakenForLeftOvers(Path run) throws IOException {
    ArchiveWriter.removeLeftOvers(run);
    assertThat(leftOvers(run)).as("folders of the living writer").hasSize(1);
  }

  private static List<Path> leftOvers(Path run) throws IOException {
    try (var files = Files.list(run)) {
      return files.filter(f -> f.getFileName().toString().startsWith(".bug-report-")).toList();
    }
  }

  private static void assertSaved(Path run, Path archive, List<String> finished, String which)
      throws IOException, InterruptedException {
    var out = Files.createDirectory(run.resolve("out"));
    // tar complains about the end that is missing, and extracts all the same.
    new ProcessBuilder("/bin/tar", "-xzf", archive.toString(), "-C", out.toString())
        .redirectErrorStream(true)
        .redirectOutput(run.resolve("tar.log").toFile())
        .start()
        .waitFor();
    for (var path : finished) {
      assertThat(out.resolve("bug-report-killed").resolve(path))
          .as("%s: %s by tar", which, path)
          .hasBinaryContent(WriterToKill.content(path));
    }
    assertThat(leftOvers(run)).as("what the killed writer left").hasSize(1);
    var cli = new CommandLineTester(run).with();
    var repaired = run.resolve("repaired.tar.gz");
    CommandResultAssert.assertThat(
            cli.run("repair", archive.toString(), "--output", repaired.toString()))
        .succeeded();
    assertThat(leftOvers(run)).as("what the killed writer left, after repair").isEmpty();
    CommandResultAssert.assertThat(cli.run("verify", repaired.toString())).succeeded();
    CommandResultAssert.assertThat(cli.run("analyze", repaired.toString())).succeeded();
    try (var reader = ArchiveReader.open(repaired)) {
      for (var path : finished) {
        assertThat(reader.open(path)).as(which).hasBinaryContent(WriterToKill.content(path));
      }
    }
    try (var snapshot = Snapshot.open(repaired, CommandLineTester.NOW)) {
      assertThat(snapshot.collectedAt()).isEqualTo(WriterToKill.STARTED);
      assertThat(snapshot.lost()).as("%s: what the report must say", which).isPresent();
    }
  }
}
