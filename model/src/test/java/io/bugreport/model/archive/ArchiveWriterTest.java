package io.bugreport.model.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Both writers keep the same promises.
final class ArchiveWriterTest {
  @TempDir Path folder;

  private Path target() {
    return folder.resolve("archive");
  }

  @ParameterizedTest
  @EnumSource
  void manyEntriesAreWrittenAtTheSameTime(ArchiveFormat format)
      throws IOException, InterruptedException, ExecutionException {
    Map<String, byte[]> expected = new HashMap<>();
    for (var i = 0; i < 40; i++) {
      expected.put("entry-" + i, Archives.noise(i * 20_000));
    }
    var allOpen = new CountDownLatch(expected.size());
    try (var writer = Archives.writer(target(), format);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> running = new ArrayList<>();
      expected.forEach(
          (path, content) ->
              running.add(
                  threads.submit(
                      () -> {
                        try (var entry = writer.open(path)) {
                          allOpen.countDown();
                          allOpen.await();
                          for (var at = 0; at < content.length; at += 4096) {
                            entry.write(content, at, Math.min(4096, content.length - at));
                          }
                        }
                        return null;
                      })));
      for (var each : running) {
        each.get();
      }
    }
    assertThat(Archives.read(target())).containsExactlyInAnyOrderEntriesOf(expected);
  }

  @ParameterizedTest
  @EnumSource
  void anAbandonedEntryLeavesNoTrace(ArchiveFormat format) throws IOException {
    try (var writer = Archives.writer(target(), format)) {
      writer.write("kept", "yes");
      var small = writer.open("small");
      small.write(1);
      small.abandon();
      small.abandon();
      var large = writer.open("large");
      large.write(Archives.noise(1 << 20));
      large.abandon();
      large.close();
      assertThat(leftovers()).as("spilled bytes").isEmpty();
    }
    assertThat(Archives.read(target())).containsOnlyKeys("kept");
    assertThatNothingIsBeside();
  }

  @ParameterizedTest
  @EnumSource
  void aPathIsOpenedOnce(ArchiveFormat format) throws IOException {
    try (var writer = Archives.writer(target(), format)) {
      writer.write("a", "first");
      assertThatThrownBy(() -> writer.open("a")).isInstanceOf(FileAlreadyExistsException.class);
    }
    assertThat(Archives.read(target())).containsOnlyKeys("a");
  }

  @ParameterizedTest
  @EnumSource
  void anArchiveThatExistsIsNotOverwritten(ArchiveFormat format) throws IOException {
    Files.writeString(target(), "precious");
    assertThatThrownBy(() -> Archives.writer(target(), format))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(target()).hasContent("precious");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../a", "/a", "a//b", "a/./b", "a\\b", "", "a/"})
  void aPathThatReadersRefuseIsNotWritten(String path) throws IOException {
    for (var format : ArchiveFormat.values()) {
      try (var writer = Archives.writer(folder.resolve(format.name()), format)) {
        assertThatThrownBy(() -> writer.open(path)).isInstanceOf(ArchiveException.class);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatIsCommittedIsReadWhileWritingGoesOn(ArchiveFormat format) throws IOException {
    try (var writer = Archives.writer(target(), format)) {
      writer.write("first", "1");
      try (var open = writer.open("second");
          var written = writer.written()) {
        open.write(Archives.noise(600_000));
        writer.write("third", "3");
        assertThat(Archives.read(written)).containsOnlyKeys("first");
      }
      try (var written = writer.written()) {
        assertThat(written.paths()).containsExactly("first", "second", "third");
        assertThat(written.open("second").readAllBytes()).hasSize(600_000);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void closingEndsTheArchiveAndDropsWhatIsStillOpen(ArchiveFormat format) throws IOException {
    var writer = Archives.writer(target(), format);
    writer.write("done", "1");
    var late = writer.open("late");
    late.write(Archives.noise(600_000));
    writer.close();
    writer.close();
    assertThatThrownBy(late::close)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("late came too late");
    assertThatThrownBy(() -> writer.open("later"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("later came too late");
    late.close();
    assertThat(Archives.read(target())).containsOnlyKeys("done");
    try (var reader = ArchiveReader.open(target())) {
      assertThat(reader.isComplete()).isTrue();
    }
    assertThatNothingIsBeside();
  }

  @ParameterizedTest
  @EnumSource
  void aClosedEntryTakesNothingMore(ArchiveFormat format) throws IOException {
    try (var writer = Archives.writer(target(), format)) {
      var entry = writer.open("a");
      entry.write('x');
      entry.close();
      entry.close();
      entry.flush();
      assertThat(entry.bytes()).isEqualTo(1);
      assertThatThrownBy(() -> entry.write('y'))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("closed");
      assertThatThrownBy(() -> entry.write(new byte[3]))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("closed");
    }
    assertThat(Archives.read(target())).containsEntry("a", new byte[] {'x'});
  }

  /// Deadlines and Ctrl-C interrupt the threads that write.
  @ParameterizedTest
  @EnumSource
  void anInterruptedThreadLosesNeitherItsEntryNorTheArchive(ArchiveFormat format)
      throws IOException {
    try (var writer = Archives.writer(target(), format)) {
      writer.write("before", "1");
      Thread.currentThread().interrupt();
      try {
        writer.write("during", Archives.noise(600_000));
      } finally {
        assertThat(Thread.interrupted()).isTrue();
      }
      writer.write("after", "3");
      Thread.currentThread().interrupt();
      try (var written = writer.written()) {
        assertThat(written.open("before").readAllBytes()).hasSize(1);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(written.open("after").readAllBytes()).hasSize(1);
      }
    }
    assertThat(Archives.read(target())).containsOnlyKeys("before", "during", "after");
  }

  @ParameterizedTest
  @EnumSource
  void onlyItsOwnerReadsIt(ArchiveFormat format) throws IOException {
    assumeTrue(
        folder.getFileSystem().supportedFileAttributeViews().contains("posix"),
        "this file system knows no owners");
    Archives.write(target(), format, Map.of("a", new byte[1]));
    var permissions = PosixFilePermissions.toString(Files.getPosixFilePermissions(target()));
    assertThat(permissions)
        .isEqualTo(format == ArchiveFormat.DIRECTORY ? "rwx------" : "rw-------");
  }

  @Test
  void equalContentMakesEqualBytes() throws IOException {
    var content = Map.of("a/b", Archives.noise(300_000));
    var one = Archives.write(folder.resolve("1.tar.gz"), ArchiveFormat.TAR_GZ, content);
    var two = Archives.write(folder.resolve("2.tar.gz"), ArchiveFormat.TAR_GZ, content);
    assertThat(two).hasSameBinaryContentAs(one);
  }

  @ParameterizedTest
  @EnumSource
  void everyByteGoesThroughTheRedaction(ArchiveFormat format) throws IOException {
    Redaction upper =
        (path, out) ->
            new java.io.FilterOutputStream(out) {
              @Override
              public void write(int b) throws IOException {
                out.write(Character.toUpperCase(b));
              }
            };
    try (var writer = ArchiveWriter.create(target(), Archives.ROOT, format, Archives.TIME, upper)) {
      writer.write("a", "secret");
    }
    assertThat(Archives.read(target()).get("a"))
        .isEqualTo("SECRET".getBytes(StandardCharsets.UTF_8));
  }

  /// Files beside the archive that are no part of it.
  private List<Path> leftovers() throws IOException {
    try (var all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .filter(file -> file.getFileName().toString().startsWith("entry"))
          .toList();
    }
  }

  private void assertThatNothingIsBeside() throws IOException {
    try (var all = Files.list(folder)) {
      assertThat(all).containsExactly(target());
    }
  }
}
