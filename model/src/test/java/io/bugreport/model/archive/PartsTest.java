package io.bugreport.model.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Parts of an archive are read by naming the first, and `cat` joins them.
final class PartsTest {
  private static final Map<String, byte[]> CONTENT =
      Map.of("a", Archives.noise(40_000), "b/c", Archives.noise(9), "d", new byte[0]);

  @TempDir Path folder;

  @Property(tries = 30)
  void joinedTheyAreTheArchiveAgain(@ForAll @IntRange(min = 100, max = 50_000) int size)
      throws IOException {
    var folder = Archives.temporaryFolder();
    try {
      var archive = Archives.tarGz(folder, CONTENT);
      var whole = Files.readAllBytes(archive);
      var parts = Parts.split(archive, size);
      var joined = new byte[0];
      for (var part : parts) {
        var bytes = Files.readAllBytes(part);
        assertThat(bytes.length).isLessThanOrEqualTo(size);
        var before = joined.length;
        joined = Arrays.copyOf(joined, before + bytes.length);
        System.arraycopy(bytes, 0, joined, before, bytes.length);
      }
      assertThat(joined).isEqualTo(whole);
      assertThat(Archives.read(parts.getFirst())).containsExactlyInAnyOrderEntriesOf(CONTENT);
    } finally {
      Archives.delete(folder);
    }
  }

  @Test
  void everyPackedFormatIsReadFromItsParts() throws IOException {
    var zst = Archives.write(folder.resolve("a.tar.zst"), ArchiveFormat.TAR_ZST, CONTENT);
    var first = Parts.split(zst, 10_000).getFirst();
    assertThat(first).hasFileName("a.tar.zst.001");
    assertThat(Archives.read(first)).containsExactlyInAnyOrderEntriesOf(CONTENT);
  }

  @Test
  void aFileThatFitsStaysAsItIs() throws IOException {
    var archive = Archives.tarGz(folder, CONTENT);
    assertThat(Parts.split(archive, 1 << 20)).containsExactly(archive);
    assertThat(archive).exists();
  }

  @Test
  void aPartThatIsMissingIsNamed() throws IOException {
    var parts = Parts.split(Archives.tarGz(folder, CONTENT), 10_000);
    var last = parts.getLast();
    var bytes = Files.readAllBytes(last);
    Files.delete(last);
    refused(parts.getFirst(), last + " is missing, or a part was cut off");
    Files.write(last, bytes);
    Files.delete(parts.get(1));
    refused(parts.getFirst(), parts.get(1) + " is missing");
    refused(parts.get(2), "name its first: " + parts.getFirst());
  }

  @Test
  void aPartThatIsMissingIsNamedWhereNoEntryIsWhole() throws IOException {
    var one = Map.of("a", Archives.noise(40_000));
    var parts = Parts.split(Archives.tarGz(folder, one), 10_000);
    Files.delete(parts.getLast());
    refused(parts.getFirst(), parts.getLast() + " is missing, or a part was cut off");
  }

  @Test
  void aPartThatIsThereIsNeverReplaced() throws IOException {
    var archive = Archives.tarGz(folder, CONTENT);
    Files.writeString(folder.resolve("archive.tar.gz.002"), "mine");
    assertThatThrownBy(() -> Parts.split(archive, 10_000))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(Archives.read(archive)).hasSize(3);
  }

  @Test
  void tooManyPartsAreRefusedBeforeAnythingIsCut() throws IOException {
    var archive = Archives.tarGz(folder, CONTENT);
    assertThatThrownBy(() -> Parts.split(archive, 10))
        .isInstanceOf(ArchiveException.class)
        .hasMessageContaining("name a larger size");
    assertThat(Archives.read(archive)).hasSize(3);
  }

  private static void refused(Path part, String message) {
    assertThatThrownBy(() -> ArchiveReader.open(part))
        .isInstanceOf(ArchiveException.class)
        .hasMessageContaining(message);
  }
}
