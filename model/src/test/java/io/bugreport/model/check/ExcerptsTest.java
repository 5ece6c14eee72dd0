package io.bugreport.model.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.bugreport.model.archive.ArchiveReader;
import io.bugreport.model.finding.Evidence;
import io.bugreport.model.resource.Location;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExcerptsTest {
  private static final String FILE = "a.yaml";

  @TempDir private Path folder;

  @Test
  void showsTwoLinesBeforeAndAfter() throws IOException {
    write(IntStream.rangeClosed(1, 9).mapToObj(n -> "line " + n).collect(Collectors.joining("\n")));

    assertThat(excerpt(4, 1).lines())
        .containsExactly("line 2", "line 3", "line 4", "line 5", "line 6");
    assertThat(excerpt(1, 1).lines()).containsExactly("line 1", "line 2", "line 3");
    assertThat(excerpt(9, 1).lines()).containsExactly("line 7", "line 8", "line 9");
  }

  @Test
  void countsEveryKindOfLineEndOnce() throws IOException {
    write("a\r\nb\rc\nd");

    assertThat(excerpt(2, 1).lines()).containsExactly("a", "b", "c", "d");
  }

  @Test
  void cutsALongLineAroundEachOfManyColumns() throws IOException {
    write(IntStream.range(0, 2000).mapToObj("<%04d>"::formatted).collect(Collectors.joining()));
    try (var archive = ArchiveReader.open(folder)) {
      var columns = IntStream.range(0, 2000).mapToObj(n -> location(1, 6 * n + 1)).toList();
      var excerpts = new Excerpts(archive).of(columns);

      for (var n = 0; n < 2000; n++) {
        assertThat(excerpts.get(n).lines().getFirst()).contains("<%04d>".formatted(n));
        assertThat(excerpts.get(n).lines().getFirst().length()).isLessThanOrEqualTo(242);
      }
    }
  }

  @Test
  void aFileThatIsGoneCostsTheExcerptAlone() throws IOException {
    write("a");
    try (var archive = ArchiveReader.open(folder)) {
      var gone = new Excerpts(archive).of(List.of(Location.ofLine("gone.yaml", 3))).getFirst();

      assertThat(gone.line()).isEqualTo(3);
      assertThat(gone.excerpt()).contains("cannot be shown");
    }
  }

  private void write(String text) throws IOException {
    Files.writeString(folder.resolve(FILE), text);
  }

  private static Location location(int line, int column) {
    return new Location(FILE, line, column, "");
  }

  private Evidence excerpt(int line, int column) throws IOException {
    try (var archive = ArchiveReader.open(folder)) {
      return new Excerpts(archive).of(List.of(location(line, column))).getFirst();
    }
  }
}
