package io.bugreport.model.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `kill -9` or a full disk leaves: every entry that was finished is readable.
final class CutArchiveTest {
  @TempDir Path folder;

  @Test
  void aFileCutAnywhereKeepsEveryEntryBeforeTheCut() throws IOException {
    var contents = new TreeMap<String, byte[]>();
    contents.put("a", Archives.noise(0));
    contents.put("b", Archives.noise(60));
    contents.put("c/" + "x".repeat(150), Archives.noise(512));
    contents.put("d", new byte[3000]);
    var target = folder.resolve("whole.tar.gz");
    // Where each entry ends in the file, in the order of writing.
    var ends = new LinkedHashMap<String, Long>();
    try (var writer = Archives.writer(target, ArchiveFormat.TAR_GZ)) {
      for (var entry : contents.entrySet()) {
        writer.write(entry.getKey(), entry.getValue());
        ends.put(entry.getKey(), Files.size(target));
      }
    }
    var bytes = Files.readAllBytes(target);
    var cut = folder.resolve("cut.tar.gz");
    for (var length = 0; length < bytes.length; length++) {
      Files.write(cut, Arrays.copyOf(bytes, length));
      var whole = new LinkedHashMap<String, byte[]>();
      for (var end : ends.entrySet()) {
        if (end.getValue() <= length) {
          whole.put(end.getKey(), contents.get(end.getKey()));
        }
      }
      if (whole.isEmpty()) {
        assertThatThrownBy(() -> ArchiveReader.open(cut)).isInstanceOf(ArchiveException.class);
        continue;
      }
      try (var reader = ArchiveReader.open(cut)) {
        assertThat(Archives.read(reader))
            .as("cut to %d bytes", length)
            .containsExactlyInAnyOrderEntriesOf(whole);
        assertThat(reader.isComplete()).as("complete at %d bytes", length).isFalse();
      }
    }
  }

  @Test
  void anotherProgramsArchiveKeepsItsWholeEntriesToo() throws IOException {
    var tar =
        new TarBytes().file("one", Archives.noise(5000)).file("two", Archives.noise(6000)).end();
    var gzip = TarBytes.gzip(tar);
    var file = Files.write(folder.resolve("cut.tar.gz"), Arrays.copyOf(gzip, gzip.length - 3000));
    try (var reader = ArchiveReader.open(file)) {
      assertThat(Archives.read(reader))
          .containsExactlyInAnyOrderEntriesOf(Map.of("one", Archives.noise(5000)));
      assertThat(reader.isComplete()).isFalse();
    }
  }
}
