package io.bugreport.model.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The index says what is in an archive and where; one that lies never makes us show another
/// content than tar does.
final class ArchiveIndexTest {
  private static final Map<String, byte[]> CONTENT =
      Map.of("a", Archives.noise(700), "b/c", Archives.noise(700), "d", new byte[5000]);

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void everyFormatHasTheSameDigestAndChecksums(ArchiveFormat format) throws IOException {
    var archive = Archives.write(folder.resolve("x" + format.suffix()), format, CONTENT);
    try (var reader = ArchiveReader.open(archive)) {
      var index = reader.index().orElseThrow();
      assertThat(index.root()).isEqualTo(Archives.ROOT);
      assertThat(index.entries()).containsOnlyKeys("a", "b/c", "d");
      var sums = new StringBuilder();
      for (var path : reader.paths()) {
        sums.append(entry(index.entries(), path).sha256()).append("  ").append(path).append('\n');
        try (var in = reader.open(path)) {
          assertThat(entry(index.entries(), path).sha256()).as(path).isEqualTo(Sha256.of(in));
        }
      }
      assertThat(index.digest())
          .isEqualTo(
              Sha256.of(
                  new ByteArrayInputStream(sums.toString().getBytes(StandardCharsets.UTF_8))));
    }
  }

  @Test
  void itsPathIsNotForEntries() throws IOException {
    for (var format : ArchiveFormat.values()) {
      try (var writer = Archives.writer(folder.resolve(format.name()), format)) {
        assertThatThrownBy(() -> writer.open(Layout.INDEX)).isInstanceOf(ArchiveException.class);
      }
    }
  }

  @Test
  void withoutItTheSameEntriesAreFound() throws IOException {
    var archive = Archives.withoutIndex(Archives.tarGz(folder, CONTENT));
    try (var reader = ArchiveReader.open(archive)) {
      assertThat(reader.index()).isEmpty();
      assertThat(Archives.read(reader)).containsExactlyInAnyOrderEntriesOf(CONTENT);
    }
  }

  @Test
  void anIndexThatLeavesAnEntryOutIsIgnored() throws IOException {
    var archive = withIndex(entries -> without(entries, "b/c"));
    assertThat(Archives.read(archive)).containsExactlyInAnyOrderEntriesOf(CONTENT);
  }

  @Test
  void anIndexWithAPathThatLeavesTheArchiveIsIgnored() throws IOException {
    var archive =
        withIndex(
            entries -> {
              var b = entry(entries, "b/c");
              var changed = without(entries, "b/c");
              changed.put("../c", at("../c", b));
              return changed;
            });
    assertThat(Archives.read(archive)).containsExactlyInAnyOrderEntriesOf(CONTENT);
  }

  @Test
  void anIndexThatSwapsTwoEntriesIsAnErrorAndNoOthersContent() throws IOException {
    var archive =
        withIndex(
            entries -> {
              var changed = new TreeMap<>(entries);
              changed.put("a", at("a", entry(entries, "b/c")));
              changed.put("b/c", at("b/c", entry(entries, "a")));
              return changed;
            });
    try (var reader = ArchiveReader.open(archive)) {
      assertThat(reader.open("d").readAllBytes()).isEqualTo(CONTENT.get("d"));
      assertThatThrownBy(() -> reader.open("a"))
          .isInstanceOf(ArchiveException.class)
          .hasMessageContaining("the index is wrong about \"a\"");
    }
  }

  @Test
  void anIndexWithAnotherSizeIsAnError() throws IOException {
    var archive =
        withIndex(
            entries -> {
              var d = entry(entries, "d");
              var changed = new TreeMap<>(entries);
              changed.put(
                  "d", new IndexedEntry("d", d.at(), d.content(), d.length(), 100, d.sha256()));
              return changed;
            });
    try (var reader = ArchiveReader.open(archive)) {
      assertThatThrownBy(() -> reader.open("d"))
          .isInstanceOf(ArchiveException.class)
          .hasMessageContaining("the index is wrong about \"d\"");
    }
  }

  @Test
  void anIndexWhoseDigestDoesNotFitIsNone() {
    var text =
        """
        {"index":1,"root":"r","entries":1,"digest":"00"}
        {"path":"a","size":1,"sha256":"%s"}
        """
            .formatted("0".repeat(64));
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(ArchiveException.class)
        .hasMessageContaining("digest");
  }

  @Test
  void whatIsNoIndexSaysWhy() {
    for (var text : new String[] {"", "null", "{}", "[", "{\"index\":2}", "{\"index\":1}\n3"}) {
      assertThatThrownBy(() -> read(text))
          .as(text)
          .isInstanceOf(ArchiveException.class)
          .hasMessageContaining("index");
    }
  }

  private static ArchiveIndex read(String text) throws IOException {
    return ArchiveIndex.read(
        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), ArchiveLimits.standard());
  }

  private static IndexedEntry entry(Map<String, IndexedEntry> entries, String path) {
    return Objects.requireNonNull(entries.get(path), path);
  }

  private static Map<String, IndexedEntry> without(Map<String, IndexedEntry> entries, String path) {
    var changed = new TreeMap<>(entries);
    changed.remove(path);
    return changed;
  }

  private static IndexedEntry at(String path, IndexedEntry place) {
    return new IndexedEntry(
        path, place.at(), place.content(), place.length(), place.size(), place.sha256());
  }

  /// An archive of ours whose index, with a digest that fits, says something else.
  private Path withIndex(UnaryOperator<Map<String, IndexedEntry>> lie) throws IOException {
    var archive = Archives.tarGz(folder, CONTENT);
    long at;
    Map<String, IndexedEntry> entries;
    try (var stored = StoredBytes.of(archive)) {
      var trailing = TrailingIndex.of(stored, ArchiveLimits.standard()).orElseThrow();
      at = trailing.at();
      entries = trailing.index().entries();
    }
    var text = new ByteArrayOutputStream();
    ArchiveIndex.of(Archives.ROOT, new TreeMap<>(lie.apply(entries))).write(text);
    var content = member(GzipMember.header(), padded(text.toByteArray()));
    var header = TarHeader.of(Archives.ROOT + "/" + Layout.INDEX, text.size(), Archives.TIME);
    try (var out = new ByteArrayOutputStream()) {
      out.write(Arrays.copyOf(Files.readAllBytes(archive), (int) at));
      out.write(member(GzipMember.headerAnnouncing(content.length), header));
      out.write(content);
      out.write(member(GzipMember.headerPointing(at), TarHeader.end()));
      return Files.write(archive, out.toByteArray());
    }
  }

  private static byte[] padded(byte[] content) {
    return Arrays.copyOf(content, content.length + TarHeader.padding(content.length));
  }

  private static byte[] member(byte[] header, byte[] content) throws IOException {
    var out = new ByteArrayOutputStream();
    out.write(header);
    deflate(out, content);
    var crc = new CRC32();
    crc.update(content);
    out.write(GzipMember.trailer(crc.getValue(), content.length));
    return out.toByteArray();
  }

  private static void deflate(OutputStream out, byte[] content) throws IOException {
    var deflater = new Deflater(1, true);
    var deflate = new DeflaterOutputStream(out, deflater);
    deflate.write(content);
    deflate.finish();
    deflater.end();
  }
}
