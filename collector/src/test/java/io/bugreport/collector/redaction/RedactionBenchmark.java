package io.bugreport.collector.redaction;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.bugreport.collector.leak.LeakWatch;
import io.bugreport.model.archive.Redaction;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What redaction and the scan for leaks cost of one core, beside the compression that follows
/// them: CPU time, so that other work on the machine counts little. Warmed up; the best of several
/// rounds.
///
/// `mvn -Pbenchmark -pl collector -am verify` runs it.
@Tag("benchmark")
@DisplayName("redaction beside compression")
class RedactionBenchmark {
  private static final Path SAMPLES = Path.of("..", "samples", "bookinfo", "clusters");
  private static final int ROUNDS = 12;
  private static final int ROUND_BYTES = 48 << 20;
  private static final int WRITE = 8192;

  /// That of an archive.
  private static final int LEVEL = 4;

  /// A file of a mesh is longer than that of a sample.
  private static final int LEAST_BYTES = 1 << 20;

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "logs, .*\\.log, clusters/c/namespaces/n/pods/p/app/app/logs/current.log",
    "statistics, .*stats.*\\.txt, clusters/c/namespaces/n/pods/p/app/envoy/stats.txt",
    "configuration dumps, .*config_dump.*\\.json, clusters/c/namespaces/n/pods/p/app/envoy/config_dump.json",
    "Kubernetes lists, .*\\.yaml, clusters/c/namespaces/n/core/configmaps.yaml"
  })
  void costs(String input, String files, String path) throws IOException {
    var content = content(files);
    assumeTrue(content.length > 0, "no such files under " + SAMPLES.toAbsolutePath());
    var redactor = new Redactor(); // one serves a whole archive
    var redaction = megabytesPerSecond(content, out -> redactor.redact(path, out));
    var watch = new LeakWatch(Redaction.none());
    var scan = megabytesPerSecond(content, out -> watch.redact(path, out));
    var compression =
        megabytesPerSecond(
            content, out -> new DeflaterOutputStream(out, new Deflater(LEVEL), WRITE));
    System.out.printf(
        Locale.ROOT,
        "%-20s redaction %5.0f MB/s   leak scan %5.0f MB/s   deflate -%d %4.0f MB/s"
            + "   of deflate: redaction %4.1f %%, leak scan %4.1f %%%n",
        input,
        redaction,
        scan,
        LEVEL,
        compression,
        100 * compression / redaction,
        100 * compression / scan);
  }

  private static byte[] content(String files) throws IOException {
    var content = new ByteArrayOutputStream();
    if (Files.isDirectory(SAMPLES)) {
      try (var walk = Files.walk(SAMPLES)) {
        for (var file : walk.filter(Files::isRegularFile).sorted().toList()) {
          if (file.toString().matches(files)) {
            content.write(Files.readAllBytes(file));
          }
        }
      }
    }
    var once = content.toByteArray();
    while (once.length > 0 && content.size() < LEAST_BYTES) {
      content.write(once);
    }
    return content.toByteArray();
  }

  private static double megabytesPerSecond(byte[] content, Wrapping wrapping) throws IOException {
    var times = Math.max(1, ROUND_BYTES / content.length);
    var best = Long.MAX_VALUE;
    for (var round = 0; round < ROUNDS; round++) {
      var started = cpuNanos();
      for (var i = 0; i < times; i++) {
        try (var out = wrapping.of(OutputStream.nullOutputStream())) {
          for (var at = 0; at < content.length; at += WRITE) {
            out.write(content, at, Math.min(WRITE, content.length - at));
          }
        }
      }
      best = Math.min(best, cpuNanos() - started);
    }
    return 1e3 * times * content.length / best;
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  /// A stream around another.
  @FunctionalInterface
  private interface Wrapping {
    OutputStream of(OutputStream out) throws IOException;
  }
}
