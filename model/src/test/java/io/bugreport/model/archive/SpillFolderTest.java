package io.bugreport.model.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A writer's folder of held entries goes with it, or with the next writer where it was killed;
/// nothing else ever goes.
final class SpillFolderTest {
  /// No process has this id: Linux and macOS end long before.
  private static final String DEAD = ".bug-report-999999999-1";

  @TempDir Path parent;

  private Path leftOver(String name, String... files) throws IOException {
    var folder = Files.createDirectory(parent.resolve(name));
    for (var file : files) {
      Files.writeString(folder.resolve(file), "x");
    }
    return folder;
  }

  @Test
  void itIsRemovedWithItsWriter() throws IOException {
    try (var folder = SpillFolder.in(parent)) {
      Files.writeString(folder.path().resolve("entry1.gz"), "x");
      assertThat(folder.path().resolve("lock")).exists();
    }
    assertThat(parent).isEmptyDirectory();
  }

  @Test
  void whatADeadProcessLeftIsRemovedByTheNextWriter() throws IOException {
    var folder = leftOver(DEAD, "lock", "entry1.gz", "entry2.gz");
    SpillFolder.in(parent).close();
    assertThat(folder).doesNotExist();
  }

  @Test
  void anArchiveThatADeadProcessWasWritingInItIsRemovedWithIt() throws IOException {
    var folder = leftOver(DEAD, "lock", "entry-a.tar.gz");
    leftOver(DEAD + "/" + DEAD, "lock", "entry1.gz");
    SpillFolder.in(parent).close();
    assertThat(folder).doesNotExist();
  }

  @Test
  void aFileAsideGoesUnlessItIsMoved() throws IOException {
    var archive = parent.resolve("a.tar.gz");
    try (var aside = AsideFile.of(archive)) {
      Files.writeString(aside.path(), "dropped");
    }
    assertThat(parent).isEmptyDirectory();
    try (var aside = AsideFile.of(archive)) {
      Files.move(Files.writeString(aside.path(), "kept"), archive);
    }
    assertThat(parent).isDirectoryContaining(archive::equals);
    assertThat(archive).hasContent("kept");
  }

  @Test
  void whatALivingWriterHoldsStays() throws IOException {
    try (var living = SpillFolder.in(parent)) {
      SpillFolder.in(parent).close();
      assertThat(living.path().resolve("lock")).exists();
    }
  }

  @Test
  void whatNoWriterMadeStays() throws IOException {
    var unlocked = leftOver(".bug-report-999999999-2", "entry1.gz");
    var notes = leftOver(DEAD, "lock", "entry1.gz", "notes.txt");
    var other = leftOver("bug-report-1-1", "lock", "entry1.gz");
    var link = Files.createSymbolicLink(parent.resolve(".bug-report-999999999-3"), other);
    SpillFolder.removeLeftOvers(parent);
    assertThat(unlocked.resolve("entry1.gz")).exists();
    assertThat(notes.resolve("notes.txt")).exists();
    assertThat(other.resolve("entry1.gz")).exists();
    assertThat(link).isSymbolicLink();
  }
}
