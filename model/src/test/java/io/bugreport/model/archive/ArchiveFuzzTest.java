package io.bugreport.model.archive;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What fuzzing begins with, and what it found once: the former is read, the latter is read or
/// refused.
final class ArchiveFuzzTest {

  static List<Path> seeds() throws IOException, URISyntaxException {
    return files("/fuzz/seeds");
  }

  static List<Path> found() throws IOException, URISyntaxException {
    return files("/fuzz/found");
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aSeedIsReadToItsEnd(Path seed) {
    assertThatCode(() -> ArchiveFuzz.read(Files.readAllBytes(seed)))
        .as("%s: from a seed that is refused fuzzing comes to nothing; make it anew", seed)
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @MethodSource("found")
  void whatWasFoundIsReadOrRefused(Path input) {
    assertThatCode(() -> ArchiveFuzz.fuzzerTestOneInput(Files.readAllBytes(input)))
        .as("%s", input)
        .doesNotThrowAnyException();
  }

  private static List<Path> files(String folder) throws IOException, URISyntaxException {
    var url = Objects.requireNonNull(ArchiveFuzzTest.class.getResource(folder), folder);
    try (var files = Files.list(Path.of(url.toURI()))) {
      return files.sorted().toList();
    }
  }
}
