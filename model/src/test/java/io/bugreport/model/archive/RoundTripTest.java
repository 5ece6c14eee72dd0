package io.bugreport.model.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What goes into an archive comes out of it, whatever it is.
final class RoundTripTest {

  @Property(tries = 100)
  void anyEntriesComeBackAsTheyWere(
      @ForAll("entries") Map<String, byte[]> entries, @ForAll ArchiveFormat format)
      throws IOException {
    var folder = Archives.temporaryFolder();
    try {
      var archive = Archives.write(folder.resolve("a"), format, entries);
      if (entries.isEmpty()) {
        return;
      }
      assertThat(Archives.read(archive)).containsExactlyInAnyOrderEntriesOf(entries);
      try (var reader = ArchiveReader.open(archive)) {
        assertThat(reader.isComplete()).isTrue();
        for (var entry : entries.entrySet()) {
          assertThat(reader.size(entry.getKey())).isEqualTo(entry.getValue().length);
        }
      }
    } finally {
      Archives.delete(folder);
    }
  }

  @Provide
  Arbitrary<Map<String, byte[]>> entries() {
    // Files end in a dot and a letter, folders do not: so no file is a folder of another one.
    var name = Arbitraries.strings().withChars("aZ09-_%").withChars('ä', '日').ofMinLength(1);
    var folder = name.ofMaxLength(60);
    var path =
        folder
            .list()
            .ofMaxSize(5)
            .flatMap(folders -> name.ofMaxLength(60).map(file -> path(folders, file)));
    var size =
        Arbitraries.oneOf(
            Arbitraries.integers().between(0, 2000),
            Arbitraries.of(0, 1, 511, 512, 513, 1024, 10_240));
    return Arbitraries.maps(path, size.map(Archives::noise)).ofMaxSize(8);
  }

  private static String path(Iterable<String> folders, String file) {
    var path = new StringBuilder();
    folders.forEach(folder -> path.append(folder).append('/'));
    return path + file + ".f";
  }

  @ParameterizedTest
  @EnumSource
  void largeContentThatDoesNotCompressComesBack(ArchiveFormat format, @TempDir Path folder)
      throws IOException {
    var noise = Archives.noise(3_000_001);
    var archive = Archives.write(folder.resolve("a"), format, Map.of("noise.bin", noise));
    assertThat(Archives.read(archive).get("noise.bin")).isEqualTo(noise);
  }

  @ParameterizedTest
  @EnumSource
  void pathsLongerThanATarHeaderComeBack(ArchiveFormat format, @TempDir Path folder)
      throws IOException {
    var entries =
        Map.of(
            "a".repeat(101) + ".f", text("more than 100 characters"),
            ("b".repeat(150) + "/").repeat(3) + "c.f", text("more than 255 characters"),
            ("ü".repeat(99) + "/").repeat(2) + "日本.f", text("not ASCII"));
    var archive = Archives.write(folder.resolve("a"), format, entries);
    assertThat(Archives.read(archive)).containsExactlyInAnyOrderEntriesOf(entries);
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
