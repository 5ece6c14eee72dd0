package io.bugreport.model.archive;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Writing beside `tar | pigz -6`, on the same bytes and cores, and reading one entry of a large
/// archive. Rounds of both take turns, so that other work on the machine hits either; the best of
/// each counts. CPU time is told beside wall time, since other work changes it little.
///
/// `mvn -Pbenchmark -pl model -am verify -Dtest=ArchiveBenchmark` runs it, with
/// `-Dsurefire.failIfNoSpecifiedTests=false`.
@Tag("benchmark")
@DisplayName("archives")
class ArchiveBenchmark {
  private static final int ROUNDS = 5;
  private static final int FILES = 250;
  private static final int NOISE = 16 << 20;
  private static final int LARGE = 64;
  private static final int READS = 50;
  private static final Pattern TIME = Pattern.compile("(\\d+)m([0-9.]+)s");

  @TempDir private Path work;

  @Test
  void writingBesideTarAndPigz() throws Exception {
    assumeTrue(isOnPath("tar") && isOnPath("pigz"), "no tar or no pigz, which are the yardstick");
    var contents = contents();
    var bytes = contents.stream().mapToLong(content -> content.length).sum();
    var tree = Files.createDirectory(work.resolve("tree"));
    for (var i = 0; i < contents.size(); i++) {
      Files.write(tree.resolve("f" + i), contents.get(i));
    }
    var ours = work.resolve("ours.tar.gz");
    var theirs = work.resolve("theirs.tar.gz");
    var bestOfOurs = Cost.WORST;
    var bestOfTheirs = Cost.WORST;
    for (var round = 0; round < ROUNDS; round++) {
      Files.deleteIfExists(ours);
      Files.deleteIfExists(theirs);
      bestOfTheirs = bestOfTheirs.min(pigz(tree, theirs));
      bestOfOurs = bestOfOurs.min(write(tree, contents.size(), ours));
    }
    var size = Files.size(ours);
    var reference = Files.size(theirs);
    System.out.printf(
        Locale.ROOT,
        "writing %d MB in %d files, %d cores: ours %.0f MB/s, %.2f s of CPU, %d bytes; tar | pigz -6"
            + " %.0f MB/s, %.2f s of CPU, %d bytes; of it: throughput %.2f, CPU %.2f, size %.3f%n",
        bytes / 1_000_000,
        contents.size(),
        Runtime.getRuntime().availableProcessors(),
        1e3 * bytes / bestOfOurs.wall,
        bestOfOurs.cpu / 1e9,
        size,
        1e3 * bytes / bestOfTheirs.wall,
        bestOfTheirs.cpu / 1e9,
        reference,
        (double) bestOfTheirs.wall / bestOfOurs.wall,
        (double) bestOfOurs.cpu / bestOfTheirs.cpu,
        (double) size / reference);
  }

  /// What a round took, in nanoseconds.
  private record Cost(long wall, long cpu) {
    private static final Cost WORST = new Cost(Long.MAX_VALUE, Long.MAX_VALUE);

    Cost min(Cost other) {
      return new Cost(Math.min(wall, other.wall), Math.min(cpu, other.cpu));
    }
  }

  /// One archive of 1 GB, of content that does not compress, among a thousand small entries.
  @Test
  void oneEntryOfALargeArchive() throws IOException {
    var file = work.resolve("large.tar.gz");
    var noise = new byte[NOISE];
    var random = new Random(1);
    try (var writer = Archives.writer(file, ArchiveFormat.TAR_GZ)) {
      for (var i = 0; i < LARGE; i++) {
        random.nextBytes(noise);
        writer.write("large/" + i, noise);
        for (var small = 0; small < 16; small++) {
          writer.write("small/" + i + "-" + small, "content " + small);
        }
      }
    }
    var times = new ArrayList<Long>();
    var threads = ManagementFactory.getThreadMXBean();
    var cpuBefore = threads.getCurrentThreadCpuTime();
    for (var i = 0; i < READS; i++) {
      var started = System.nanoTime();
      try (var reader = ArchiveReader.open(file);
          var in = reader.open("small/" + i % LARGE + "-7")) {
        in.readAllBytes();
      }
      times.add(System.nanoTime() - started);
    }
    var cpu = (threads.getCurrentThreadCpuTime() - cpuBefore) / READS;
    var first = times.getFirst();
    times.sort(null);
    System.out.printf(
        Locale.ROOT,
        "opening an archive of %d MB and reading one entry: first %.1f ms, median %.1f ms, mean"
            + " of CPU %.1f ms%n",
        Files.size(file) / 1_000_000,
        first / 1e6,
        times.get(READS / 2) / 1e6,
        cpu / 1e6);
  }

  /// What proxies of one mesh say: long lists of the same fields with other names and numbers.
  private static List<byte[]> contents() {
    List<byte[]> contents = new ArrayList<>();
    var random = new Random(7);
    for (var file = 0; file < FILES; file++) {
      var text = new StringBuilder();
      for (var i = 0; i < 5000; i++) {
        text.append("{\"name\":\"outbound|").append(random.nextInt(65536)).append("||svc-");
        text.append(Long.toString(random.nextLong(), 36)).append(".ns.svc.cluster.local\",");
        text.append("\"address\":\"10.").append(random.nextInt(256)).append('.');
        text.append(random.nextInt(256))
            .append("\",\"type\":\"EDS\",\"connect_timeout\":\"10s\"}\n");
      }
      contents.add(text.toString().getBytes(StandardCharsets.UTF_8));
    }
    return contents;
  }

  /// Reads the same files as tar does, on as many threads as there are cores.
  private static Cost write(Path tree, int files, Path target) throws Exception {
    var cpu = processCpu();
    var started = System.nanoTime();
    try (var threads = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        var writer = Archives.writer(target, ArchiveFormat.TAR_GZ)) {
      List<Future<?>> running = new ArrayList<>();
      for (var i = 0; i < files; i++) {
        var name = "f" + i;
        running.add(
            threads.submit(
                () -> {
                  try (var in = Files.newInputStream(tree.resolve(name));
                      var out = writer.open(name)) {
                    in.transferTo(out);
                  }
                  return name;
                }));
      }
      for (var each : running) {
        each.get();
      }
    }
    return new Cost(System.nanoTime() - started, processCpu() - cpu);
  }

  private static long processCpu() {
    return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos();
  }

  private static Cost pigz(Path tree, Path target) throws IOException, InterruptedException {
    var started = System.nanoTime();
    var process =
        new ProcessBuilder(
                "sh",
                "-c",
                "tar -cf - -C \"$1\" . | pigz -6 > \"$2\" && sync \"$2\" && times",
                "sh",
                tree.toString(),
                target.toString())
            .redirectErrorStream(true)
            .start();
    var times = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("tar | pigz ended so: " + times);
    }
    return new Cost(System.nanoTime() - started, cpu(times));
  }

  /// The sum of what the shell's `times` says, such as `0m1.250000s`.
  private static long cpu(String times) {
    return TIME.matcher(times)
        .results()
        .mapToLong(
            time ->
                (long)
                    (1e9
                        * (60 * Double.parseDouble(time.group(1))
                            + Double.parseDouble(time.group(2)))))
        .sum();
  }

  private static boolean isOnPath(String program) {
    return Arrays.stream(System.getenv("PATH").split(":"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }
}
