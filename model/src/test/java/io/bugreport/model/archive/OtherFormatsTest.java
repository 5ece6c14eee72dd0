package io.bugreport.model.archive;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/// What other programs packed as `.zip` or `.tar.zst` comes out as it was, or, where it is damaged,
/// is refused: never as something else.
final class OtherFormatsTest {
  private static final String ROOT = "r/";

  @FunctionalInterface
  private interface Packing {
    byte[] of(Map<String, byte[]> entries) throws IOException;
  }

  private static final class Folder implements AutoCloseable {
    private final Path path = Archives.temporaryFolder();

    Folder() throws IOException {}

    Path file(byte[] content) throws IOException {
      return Files.write(path.resolve("archive"), content);
    }

    @Override
    public void close() throws IOException {
      Archives.delete(path);
    }
  }

  private static byte[] zip(Map<String, byte[]> entries) throws IOException {
    var bytes = new java.io.ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      for (var entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(ROOT + entry.getKey()));
        zip.write(entry.getValue());
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  private static byte[] zst(Map<String, byte[]> entries) throws IOException {
    var tar = new TarBytes();
    for (var entry : entries.entrySet()) {
      tar.file(ROOT + entry.getKey(), entry.getValue());
    }
    return Zstd.compress(tar.end());
  }

  @Property(tries = 50)
  void zipComesBackAsItWas(@ForAll("entries") Map<String, byte[]> entries) throws IOException {
    comesBack(entries, OtherFormatsTest::zip);
  }

  @Property(tries = 50)
  void tarZstComesBackAsItWas(@ForAll("entries") Map<String, byte[]> entries) throws IOException {
    comesBack(entries, OtherFormatsTest::zst);
  }

  private static void comesBack(Map<String, byte[]> entries, Packing packing) throws IOException {
    try (var folder = new Folder()) {
      assertThat(Archives.read(folder.file(packing.of(entries))))
          .containsExactlyInAnyOrderEntriesOf(entries);
    }
  }

  @Property(tries = 100)
  void aCutZipIsRefusedOrTrue(
      @ForAll("entries") Map<String, byte[]> entries, @ForAll @IntRange(max = 999) int where)
      throws IOException {
    var whole = zip(entries);
    isRefusedOrTrue(Arrays.copyOf(whole, whole.length * where / 1000), entries);
  }

  @Property(tries = 100)
  void aCutTarZstIsRefusedOrTrue(
      @ForAll("entries") Map<String, byte[]> entries, @ForAll @IntRange(max = 999) int where)
      throws IOException {
    var whole = zst(entries);
    isRefusedOrTrue(Arrays.copyOf(whole, whole.length * where / 1000), entries);
  }

  /// Reads each entry that is there; those that are read are as they were.
  private static void isRefusedOrTrue(byte[] archive, Map<String, byte[]> entries)
      throws IOException {
    try (var folder = new Folder();
        var reader = ArchiveReader.open(folder.file(archive))) {
      for (var path : reader.paths()) {
        assertThat(entries).containsKey(path);
        try (var in = reader.open(path)) {
          assertThat(in.readAllBytes()).as(path).isEqualTo(entries.get(path));
        } catch (ArchiveException _) {
          // Refused.
        }
      }
    } catch (ArchiveException _) {
      // Refused as a whole.
    }
  }

  @Provide
  Arbitrary<Map<String, byte[]>> entries() {
    var name = Arbitraries.strings().withChars("aZ09-_").ofMinLength(1).ofMaxLength(60);
    var size =
        Arbitraries.oneOf(
            Arbitraries.integers().between(0, 2000), Arbitraries.of(0, 1, 511, 512, 513, 10_240));
    return Arbitraries.maps(name.map(file -> "d/" + file + ".f"), size.map(Archives::noise))
        .ofMinSize(1)
        .ofMaxSize(8)
        .map(TreeMap::new);
  }
}
