package io.bugreport.model.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A `.zip` is read like any other archive, and refused where it is not harmless.
final class ZipReaderTest {
  @TempDir Path folder;

  private Path zip(String... names) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
      for (var name : names) {
        zip.putNextEntry(new ZipEntry(name));
        if (!name.endsWith("/")) {
          zip.write(content(name));
        }
        zip.closeEntry();
      }
    }
    return Files.write(folder.resolve("foreign.zip"), bytes.toByteArray());
  }

  private static byte[] content(String name) {
    return name.repeat(500).getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void anArchiveOfOursThatWasPackedAgainIsStillVerified() throws IOException {
    var tree =
        Archives.write(
            folder.resolve("tree"),
            ArchiveFormat.DIRECTORY,
            java.util.Map.of("a", Archives.noise(900), "b/c", new byte[0]));
    var file = folder.resolve("again.zip");
    try (var zip = new ZipOutputStream(Files.newOutputStream(file));
        var all = Files.walk(tree)) {
      for (var path : all.filter(Files::isRegularFile).toList()) {
        zip.putNextEntry(new ZipEntry("root/" + tree.relativize(path)));
        Files.copy(path, zip);
        zip.closeEntry();
      }
    }
    try (var reader = ArchiveReader.open(file)) {
      assertThat(reader.paths()).containsExactly("a", "b/c");
      assertThat(Verification.of(reader).differences()).isEmpty();
    }
  }

  @Test
  void aSharedRootFolderIsTakenAway() throws IOException {
    var read = Archives.read(zip("root/", "root/a", "root/b/", "root/b/c"));
    assertThat(read).containsOnlyKeys("a", "b/c").containsEntry("a", content("root/a"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/etc/passwd", "../a", "a/../../b", "a//b", "a\\..\\b"})
  void namesThatLeadOutOfItAreRefused(String name) throws IOException {
    assertRefused(zip("ok", name), ArchiveLimits.standard(), "leave the archive");
  }

  @Test
  void tooManyAndTooLargeAreRefused() throws IOException {
    var file = zip("a", "b");
    assertRefused(file, new ArchiveLimits(1, 10_000, 10_000, 9, 99), "bomb");
    assertRefused(file, new ArchiveLimits(9, 499, 10_000, 9, 99), "bomb");
    assertRefused(file, new ArchiveLimits(9, 10_000, 999, 9, 99), "bomb");
  }

  /// The directory at the end of a zip file says one size; what is inflated may be another.
  @Test
  void contentThatIsLongerThanItsDirectorySaysIsRefused() throws IOException {
    var file = zip("a");
    var bytes = Files.readAllBytes(file);
    var directory = indexOf(bytes, new byte[] {'P', 'K', 1, 2});
    bytes[directory + 24] = 10; // the size, unpacked: 500 is 0x1f4
    bytes[directory + 25] = 0;
    Files.write(file, bytes);
    assertThatThrownBy(() -> Archives.read(file))
        .isInstanceOf(ArchiveException.class)
        .hasMessageContaining("\"a\"");
  }

  @Test
  void aChangedByteOfContentIsNoticed() throws IOException {
    var file = zip("a");
    var bytes = Files.readAllBytes(file);
    var directory = indexOf(bytes, new byte[] {'P', 'K', 1, 2});
    bytes[directory + 16] ^= 1; // the checksum
    Files.write(file, bytes);
    assertThatThrownBy(() -> Archives.read(file))
        .isInstanceOf(ArchiveException.class)
        .hasMessageContaining("\"a\"");
  }

  @Test
  void aCutOneIsSaidToBeDamaged() throws IOException {
    var file = zip("a", "b");
    var bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 30));
    assertRefused(file, ArchiveLimits.standard(), "cut off");
  }

  @Test
  void oneWithoutFilesIsSaidToBeEmpty() throws IOException {
    assertRefused(zip("folder/"), ArchiveLimits.standard(), "holds no files");
  }

  private static void assertRefused(Path file, ArchiveLimits limits, String why) {
    assertThatThrownBy(() -> ArchiveReader.open(file, limits))
        .isInstanceOf(ArchiveException.class)
        .hasMessageContaining(why)
        .message()
        .hasLineCount(1);
  }

  private static int indexOf(byte[] bytes, byte[] part) {
    for (var i = 0; i <= bytes.length - part.length; i++) {
      if (Arrays.equals(bytes, i, i + part.length, part, 0, part.length)) {
        return i;
      }
    }
    throw new AssertionError("not found");
  }
}
