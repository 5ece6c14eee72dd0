package io.bugreport.app;

import static io.bugreport.app.CommandResultAssert.assertThat;

import io.bugreport.model.archive.ArchiveFormat;
import io.bugreport.model.archive.ArchiveReader;
import io.bugreport.model.archive.ArchiveWriter;
import io.bugreport.model.archive.Layout;
import io.bugreport.model.archive.Redaction;
import io.bugreport.model.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `verify` says what differs from what was written; `repair` saves what is there.
final class VerifyAndRepairTest {
  private static final String SERVICES = Layout.list("west", "bookinfo", "", "services");

  @TempDir Path folder;

  private CommandLineTester cli = new CommandLineTester(Path.of(""));

  @BeforeEach
  void prepare() {
    cli = new CommandLineTester(folder);
  }

  private Path archive(ArchiveFormat format) throws IOException {
    var target = folder.resolve("bug-report-x" + format.suffix());
    try (var writer =
        ArchiveWriter.create(
            target, "bug-report-x", format, WriterToKill.STARTED, Redaction.none())) {
      writer.write(SERVICES, WriterToKill.content(SERVICES));
      writer.write("vms/one/os-release", "NAME=test\n");
    }
    return target;
  }

  @Test
  void whatIsAsItWasWrittenIsSaidWithItsDigest() throws IOException {
    for (var format : ArchiveFormat.values()) {
      assertThat(cli.run("verify", archive(format).toString()))
          .succeeded()
          .outContains("2 entries are as they were written; digest sha256:");
    }
  }

  @Test
  void aFolderThatWasChangedIsTold() throws IOException {
    var archive = archive(ArchiveFormat.DIRECTORY);
    Files.writeString(archive.resolve("added"), "x");
    Files.writeString(archive.resolve("vms/one/os-release"), "NAME=tset\n");
    Files.delete(archive.resolve(SERVICES));
    assertThat(cli.run("verify", archive.toString()))
        .endedWith(ExitCode.FINDING)
        .outContains(
            "added was added",
            "vms/one/os-release has other content",
            SERVICES + " is missing",
            "0 entries are");
  }

  @Test
  void aByteThatChangedIsTold() throws IOException {
    var archive = archive(ArchiveFormat.TAR_GZ);
    var bytes = Files.readAllBytes(archive);
    bytes[300] ^= 1;
    Files.write(archive, bytes);
    assertThat(cli.run("verify", archive.toString()))
        .endedWith(ExitCode.FINDING)
        .outContains("not as it was written");
  }

  @Test
  void aCutIsToldAndRepaired() throws IOException {
    var archive = archive(ArchiveFormat.TAR_GZ);
    var bytes = Files.readAllBytes(archive);
    Files.write(archive, Arrays.copyOf(bytes, bytes.length - 100));
    assertThat(cli.run("verify", archive.toString()))
        .endedWith(ExitCode.FINDING)
        .outContains("it was cut off", "it has no index");
    var repaired = folder.resolve("bug-report-x-repaired.tar.gz");
    assertThat(cli.run("repair", archive.toString()))
        .succeeded()
        .outContains(repaired.toString())
        .errContains("2 entries kept, 0 lost");
    assertThat(cli.run("verify", repaired.toString())).succeeded();
    try (var snapshot = Snapshot.open(repaired, CommandLineTester.NOW)) {
      Assertions.assertThat(snapshot.isRecorded()).isTrue();
      Assertions.assertThat(snapshot.items())
          .extracting(item -> item.id())
          .containsExactly("west/resources/core/services/bookinfo");
      Assertions.assertThat(snapshot.lost().orElse("")).contains("cut off");
    }
    assertThat(cli.run("repair", archive.toString()))
        .endedWith(ExitCode.USAGE)
        .errContains("is there already");
  }

  @Test
  void anEntryThatIsDamagedCostsNoOther() throws IOException {
    var archive = archive(ArchiveFormat.TAR_GZ);
    var bytes = Files.readAllBytes(archive);
    // Within the content of the first entry: it ends at the second header.
    var second = indexOf(bytes, new byte[] {0x1f, (byte) 0x8b, 8, 4}, 1);
    bytes[second - 10] ^= 1;
    Files.write(archive, bytes);
    var repaired = folder.resolve("r.tar.gz");
    assertThat(cli.run("repair", archive.toString(), "-o", repaired.toString()))
        .succeeded()
        .errContains("lost: " + SERVICES, "1 entries kept, 1 lost");
    try (var reader = ArchiveReader.open(repaired)) {
      Assertions.assertThat(reader.paths()).contains("vms/one/os-release").doesNotContain(SERVICES);
    }
  }

  private static int indexOf(byte[] bytes, byte[] part, int from) {
    for (var i = from; i <= bytes.length - part.length; i++) {
      if (Arrays.equals(bytes, i, i + part.length, part, 0, part.length)) {
        return i;
      }
    }
    throw new AssertionError("not found");
  }
}
