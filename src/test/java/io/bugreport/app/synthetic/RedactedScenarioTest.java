package io.bugreport.app.synthetic;

import static org.assertj.core.api.Assertions.assertThat;

import io.bugreport.collector.redaction.Redactor;
import io.bugreport.model.archive.ArchiveFormat;
import io.bugreport.model.archive.ArchiveReader;
import io.bugreport.model.archive.ArchiveWriter;
import io.bugreport.model.check.CheckCatalogue;
import io.bugreport.model.check.CheckRunner;
import io.bugreport.model.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Checks find the same problems in what was redacted as in what was not. Secrets of all kinds are
/// planted first, so that redaction has something to do in every file that checks read.
class RedactedScenarioTest {
  private static final CheckCatalogue CHECKS =
      CheckCatalogue.load(RedactedScenarioTest.class.getClassLoader());

  @TempDir Path folder;

  static Stream<String> samples() {
    return Samples.names().stream();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void checksFindTheSame(String sample) throws IOException {
    var plain = folder.resolve(sample);
    Samples.write(sample, plain);
    plant(plain);
    var redacted = folder.resolve("redacted");
    var redactor = new Redactor();
    copy(plain, redacted, redactor);

    assertThat(findings(redacted)).isEqualTo(findings(plain));
    assertThat(redactor.counts()).as("what redaction found in " + sample).isNotEmpty();
    assertThat(redactor.muchRedacted()).as("files of which much is gone").isEmpty();
  }

  private static void copy(Path source, Path target, Redactor redactor) throws IOException {
    try (var archive = ArchiveReader.open(source);
        var writer =
            ArchiveWriter.create(
                target, "copy", ArchiveFormat.DIRECTORY, Instant.EPOCH, redactor)) {
      for (var path : archive.paths()) {
        try (var in = archive.open(path);
            var out = writer.open(path)) {
          in.transferTo(out);
        }
      }
    }
  }

  private static void plant(Path sample) throws IOException {
    List<Path> files;
    try (var walk = Files.walk(sample)) {
      files = walk.filter(Files::isRegularFile).toList();
    }
    for (var file : files) {
      if (file.endsWith("current.log")) {
        Files.writeString(file, LINES, StandardOpenOption.APPEND);
      } else if (file.endsWith("config_dump.json")) {
        Files.writeString(
            file,
            Files.readString(file).replaceFirst("\\{", Matcher.quoteReplacement("{" + FIELDS)));
      }
    }
  }

  private static final String WORD = "Zk8qW2pLx7" + "Rt4Vn9sB3c";
  private static final String FIELDS =
      "\"generic_secret\":{\"secret\":{\"inline_string\":\""
          + WORD
          + "\"}},\"request_headers_to_add\":[{\"header\":{\"key\":\"x-api-key\",\"value\":\""
          + WORD
          + "\"}}],";
  private static final String LINES =
      "2026-11-24T07:11:00.000000Z\tinfo\tdb password="
          + WORD
          + " retries=3\n2026-11-24T07:11:00.000000Z\tinfo\tAuthorization: Bearer "
          + WORD
          + "\n";

  private static List<String> findings(Path folder) throws IOException {
    try (var snapshot = Snapshot.open(folder, Instant.EPOCH)) {
      return new CheckRunner(snapshot)
          .run(CHECKS).findings().stream()
              .map(f -> f.severity() + " " + f.code() + " " + f.resource() + " " + f.message())
              .toList();
    }
  }
}
