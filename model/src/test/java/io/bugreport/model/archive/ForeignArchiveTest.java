package io.bugreport.model.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Archives that other programs wrote are read where they are harmless, and refused in one clear
/// line where they are not.
final class ForeignArchiveTest {
  private static final byte[] TEXT = "text".getBytes(StandardCharsets.UTF_8);

  @TempDir Path folder;

  private Path stored(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("foreign.tgz"), bytes);
  }

  private Path stored(TarBytes tar) throws IOException {
    return stored(TarBytes.gzip(tar.end()));
  }

  @Test
  void aSharedRootFolderIsTakenAway() throws IOException {
    var file = stored(new TarBytes().file("must-gather/a", TEXT).file("must-gather/b/c", TEXT));
    assertThat(Archives.read(file)).containsOnlyKeys("a", "b/c");
  }

  @Test
  void namesMayBeginWithADot() throws IOException {
    var file =
        stored(
            new TarBytes()
                .special("./", TarConstants.LF_DIR, "")
                .file("./a", TEXT)
                .file("./b/c", TEXT));
    assertThat(Archives.read(file)).containsOnlyKeys("a", "b/c").containsEntry("a", TEXT);
  }

  @Test
  void longNamesOfGnuTarAreRead() throws IOException {
    var name = "x/".repeat(20) + "y".repeat(300);
    var file = stored(new TarBytes().file(name, TEXT).file("z", TEXT));
    assertThat(Archives.read(file)).containsOnlyKeys(name, "z");
  }

  @Test
  void linksAndDevicesArePassedOver() throws IOException {
    var file =
        stored(
            new TarBytes()
                .special("link", TarConstants.LF_SYMLINK, "/etc/passwd")
                .special("hard", TarConstants.LF_LINK, "/etc/passwd")
                .special("device", TarConstants.LF_CHR, "")
                .special("block", TarConstants.LF_BLK, "")
                .special("pipe", TarConstants.LF_FIFO, "")
                .file("file", TEXT));
    assertThat(Archives.read(file)).containsOnlyKeys("file");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/etc/passwd", "../a", "a/../../b", "a//b", "a\\..\\b"})
  void namesThatLeadOutOfItAreRefused(String name) throws IOException {
    assertRefused(stored(new TarBytes().file("ok", TEXT).file(name, TEXT)), "leave the archive");
  }

  @Test
  void aGzipFileOfAnythingElseIsRefused() throws IOException {
    assertRefused(stored(TarBytes.gzip(TEXT)), "foreign.tgz");
    assertRefused(stored(TarBytes.gzip(Archives.noise(100_000))), "foreign.tgz");
    assertRefused(stored(TarBytes.gzip(new byte[0])), "holds no files");
  }

  @Test
  void whatIsNoGzipFileIsRefused() throws IOException {
    assertRefused(stored(new byte[0]), "empty or cut off");
    assertRefused(stored(new byte[] {0x1f}), "empty or cut off");
    assertRefused(stored(TEXT), "not a gzip file");
  }

  @Test
  void aFileThatIsNotThereIsSaidToBeMissing() {
    assertThatThrownBy(() -> ArchiveReader.open(folder.resolve("none.tar.gz")))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("none.tar.gz");
  }

  @Test
  void anEntryThatIsNotThereIsSaidToBeMissing() throws IOException {
    try (var reader = ArchiveReader.open(stored(new TarBytes().file("a", TEXT)))) {
      assertThatThrownBy(() -> reader.open("b")).isInstanceOf(NoSuchFileException.class);
      assertThatThrownBy(() -> reader.size("b")).isInstanceOf(NoSuchFileException.class);
    }
  }

  @Test
  void aBombIsRefusedWhileItIsInflated() throws IOException {
    var file = stored(new TarBytes().file("zeros", new byte[1 << 20]));
    var limits = new ArchiveLimits(10, 1 << 30, 1 << 19, 10, 100);
    assertThatThrownBy(() -> ArchiveReader.open(file, limits))
        .isInstanceOf(ArchiveException.class)
        .hasMessageContaining("bomb");
  }

  @Test
  void tooManyTooLargeTooDeepAndTooLongAreRefused() throws IOException {
    var file = stored(new TarBytes().file("a/b/c", new byte[100]).file("d", TEXT));
    for (var limits :
        new ArchiveLimits[] {
          new ArchiveLimits(1, 1000, 100_000, 10, 100),
          new ArchiveLimits(10, 99, 100_000, 10, 100),
          new ArchiveLimits(10, 1000, 100_000, 2, 100),
          new ArchiveLimits(10, 1000, 100_000, 10, 4)
        }) {
      assertThatThrownBy(() -> ArchiveReader.open(file, limits))
          .as(limits.toString())
          .isInstanceOf(ArchiveException.class);
    }
  }

  /// A tar reader keeps long names in memory, and a few kilobytes can claim one of gigabytes.
  @Test
  void aNameWithoutEndIsRefusedBeforeItIsRead() throws IOException {
    var tar = new TarBytes().longName("n".repeat(200_000)).file("n", TEXT);
    assertRefused(stored(tar), "refused");
  }

  @Test
  void contentLongerThanAnyHeaderIsPassedOver() throws IOException {
    var large = Archives.noise(3_000_000);
    var tar = new TarBytes().file("large", large).file("small", new byte[] {1}).end();
    var file = Files.write(folder.resolve("large.tgz"), TarBytes.gzip(tar));
    var read = Archives.read(file);
    assertThat(read.get("large")).isEqualTo(large);
    assertThat(read.get("small")).containsExactly(1);
  }

  @Test
  void oursWithoutEntriesHoldsNone() throws IOException {
    var file = folder.resolve("none");
    Archives.writer(file, ArchiveFormat.TAR_GZ).close();
    assertRefused(file, "holds no files");
  }

  @Test
  void aChangedByteOfContentIsNoticed() throws IOException {
    var file = Archives.tarGz(folder, java.util.Map.of("a", Archives.noise(5000)));
    var bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
    assertThatThrownBy(() -> Archives.read(file))
        .isInstanceOf(ArchiveException.class)
        .hasMessageContaining("\"a\"");
  }

  @Test
  void aLinkInAFolderIsNotFollowed() throws IOException {
    var root = Files.createDirectory(folder.resolve("root"));
    var outside = Files.write(folder.resolve("outside"), TEXT);
    Files.write(root.resolve("inside"), TEXT);
    Files.createSymbolicLink(root.resolve("link"), outside);
    Files.createSymbolicLink(root.resolve("folder"), folder);
    assertThat(Archives.read(root)).containsOnlyKeys("inside");
  }

  @Test
  void whatAKilledWriterLeftUnfinishedInAFolderIsNotShown() throws IOException {
    var root = folder.resolve("root");
    var writer = Archives.writer(root, ArchiveFormat.DIRECTORY);
    writer.write("done", "1");
    writer.open("open").write(Arrays.copyOf(TEXT, 2));
    assertThat(Archives.read(root)).containsOnlyKeys("done");
  }

  private static void assertRefused(Path file, String why) {
    assertThatThrownBy(() -> ArchiveReader.open(file))
        .isInstanceOf(ArchiveException.class)
        .hasMessageContaining(why)
        .message()
        .hasLineCount(1);
  }
}
