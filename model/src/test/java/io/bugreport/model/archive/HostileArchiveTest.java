package io.bugreport.model.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever an archive's bytes are, opening and reading it ends with entries or with an
/// [IOException] that says what is wrong.
final class HostileArchiveTest {
  private static final ArchiveLimits LIMITS = new ArchiveLimits(100, 1 << 20, 1 << 22, 10, 500);
  private static final int LENGTH_IN_HEADER = 16;

  private static Path workFolder = Path.of("");

  @BeforeContainer
  static void makeFolder() throws IOException {
    workFolder = Archives.temporaryFolder();
  }

  @AfterContainer
  static void removeFolder() throws IOException {
    Archives.delete(workFolder);
  }

  @Property(tries = 1000)
  void aChangedArchiveIsReadOrRefused(
      @ForAll @Size(min = 1, max = 4) List<@IntRange(max = 99_999) Integer> places,
      @ForAll byte value)
      throws IOException {
    var folder = Files.createTempDirectory(workFolder, "changed");
    var file = Archives.tarGz(folder, Map.of("a", Archives.noise(40), "b/c", new byte[600]));
    var bytes = Files.readAllBytes(file);
    for (var place : places) {
      bytes[place % bytes.length] = value;
    }
    Files.write(file, bytes);
    assertReadOrRefused(file);
  }

  @Property(tries = 500)
  void aChangedForeignArchiveIsReadOrRefused(
      @ForAll @Size(min = 1, max = 6) List<@IntRange(max = 99_999) Integer> places,
      @ForAll byte value)
      throws IOException {
    var tar = new TarBytes().file("a", new byte[40]).file("n".repeat(150), new byte[600]).end();
    for (var place : places) {
      tar[place % 4000] = value;
    }
    assertReadOrRefused(
        Files.write(Files.createTempFile(workFolder, "f", ".tgz"), TarBytes.gzip(tar)));
  }

  @Property(tries = 300)
  void garbageIsRefused(@ForAll @Size(max = 300) byte[] garbage) throws IOException {
    assertReadOrRefused(Files.write(Files.createTempFile(workFolder, "g", ".tgz"), garbage));
  }

  private static void assertReadOrRefused(Path file) {
    try (var reader = ArchiveReader.open(file, LIMITS)) {
      for (var path : reader.paths()) {
        assertThat(path).doesNotContain("..").doesNotStartWith("/");
        try (var in = reader.open(path)) {
          in.transferTo(java.io.OutputStream.nullOutputStream());
        }
      }
    } catch (IOException e) {
      assertThat(e.getMessage()).as("a refusal says why: %s", e).isNotBlank();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, Long.MIN_VALUE})
  void aNegativeLengthIsRefused(long length, @TempDir Path folder) throws IOException {
    var file = announcing(folder, length);
    assertThatThrownBy(() -> ArchiveReader.open(file))
        .isInstanceOf(ArchiveException.class)
        .hasMessageContaining("damaged");
  }

  @ParameterizedTest
  @ValueSource(longs = {1 << 20, Long.MAX_VALUE, Long.MAX_VALUE - 200})
  void aLengthBeyondTheFileReadsAsACut(long length, @TempDir Path folder) throws IOException {
    var file = announcing(folder, length);
    assertThatThrownBy(() -> ArchiveReader.open(file))
        .isInstanceOf(ArchiveException.class)
        .hasMessageContaining("cut off");
  }

  private static Path announcing(Path folder, long length) throws IOException {
    var file = Archives.withoutIndex(Archives.tarGz(folder, Map.of("a", Archives.noise(2000))));
    var bytes = Files.readAllBytes(file);
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(LENGTH_IN_HEADER, length);
    return Files.write(file, bytes);
  }

  @Test
  void aHeaderWithAWrongChecksumIsRefused(@TempDir Path folder)
      throws IOException, InflatedMember.Cut {
    var file = Archives.withoutIndex(Archives.tarGz(folder, Map.of("a", Archives.noise(2000))));
    var bytes = Files.readAllBytes(file);
    var end = new InflatedMember(bytes, GzipMember.LONG_HEADER).end();
    bytes[end - GzipMember.TRAILER] ^= 1;
    Files.write(file, bytes);
    assertThatThrownBy(() -> ArchiveReader.open(file))
        .isInstanceOf(ArchiveException.class)
        .hasMessageContaining("checksum");
  }

  @Test
  void contentShorterThanItsHeaderSaysIsAnError() {
    assertThatThrownBy(() -> content(new byte[100], 200).readAllBytes())
        .isInstanceOf(ArchiveException.class)
        .hasMessage("\"a\" is shorter than its header says");
  }

  @Test
  void contentLongerThanItsHeaderSaysIsAnError() {
    assertThatThrownBy(() -> content(new byte[1024], 500).readAllBytes())
        .isInstanceOf(ArchiveException.class)
        .hasMessage("\"a\" is longer than its header says");
  }

  private static InputStream content(byte[] bytes, long size) throws IOException {
    return EntryContent.inflating(
        new java.io.ByteArrayInputStream(TarBytes.gzip(bytes)), size, "a");
  }

  @Test
  void oursMeetsTheSameLimits(@TempDir Path folder) throws IOException {
    var file = Archives.tarGz(folder, Map.of("a", new byte[100], "b", new byte[100]));
    for (var limits :
        List.of(
            new ArchiveLimits(1, 1000, 1000, 5, 100),
            new ArchiveLimits(5, 99, 1000, 5, 100),
            new ArchiveLimits(5, 1000, 199, 5, 100),
            new ArchiveLimits(5, 1000, 1000, 1, 100),
            new ArchiveLimits(5, 1000, 1000, 5, 10))) {
      assertThatThrownBy(() -> ArchiveReader.open(file, limits))
          .as(limits.toString())
          .isInstanceOf(ArchiveException.class);
    }
  }
}
