package io.bugreport.app.benchmark;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.SimpleFileServer;
import com.sun.net.httpserver.SimpleFileServer.OutputLevel;
import io.bugreport.model.snapshot.Snapshot;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A whole collection, everything on, in a heap of 256 MiB, from the replay server in a process of
/// its own. Beside it the floor: the same bytes, fetched as plain files over HTTP by `curl
/// --parallel` and compressed by `pigz -6` (or `gzip -6`) on the same cores.
///
/// `mvn -Pbenchmark verify` runs it; the environment variable `PROXIES` names one size instead of
/// all.
@Tag("benchmark")
@DisplayName("collection against its floor")
class CollectionBenchmark {
  private static final int PARALLEL = 8;
  private static final String DUMP_KB = "1000";

  @TempDir static Path work;

  @BeforeAll
  static void requirements() {
    assumeTrue(Program.isOnPath("curl"), "no curl on the PATH, which the floor is made with");
    System.out.println(
        "proxies      wall     floor   ratio    cpu  redaction, scan   peak RSS   fetched   archive  "
            + "requests/proxy (besides logs)");
  }

  @ParameterizedTest(name = "{0} proxies")
  @ValueSource(ints = {10, 100, 1000})
  void collects(int proxies) throws IOException, InterruptedException {
    var wanted = System.getenv("PROXIES");
    assumeTrue(
        wanted == null || wanted.equals(Integer.toString(proxies)),
        "only " + wanted + " proxies are asked for");
    var mesh = work.resolve("mesh-" + proxies);
    Measured.run(
        Program.command(
            "1g",
            "synthetic",
            "--plan",
            "mesh",
            "--proxies",
            Integer.toString(proxies),
            "--services",
            Integer.toString(Math.max(2, proxies / 5)),
            "--log-mb",
            "1",
            "--dump-kb",
            DUMP_KB,
            "--output",
            mesh.toString()),
        Map.of(),
        work.resolve("synthetic-" + proxies + ".log"));
    var requests = work.resolve("requests-" + proxies + ".log");
    var kubeconfig = work.resolve("kubeconfig-" + proxies);
    var serve = serve(mesh, kubeconfig, requests);
    var archives = Files.createDirectory(work.resolve("archives-" + proxies));
    Measured ours;
    try {
      ours =
          Measured.run(
              Program.command("256m", "collect", "--quiet", "--output-dir", archives.toString()),
              Map.of("KUBECONFIG", kubeconfig.toString()),
              work.resolve("collect-" + proxies + ".log"));
    } finally {
      serve.destroy();
      if (!serve.waitFor(30, TimeUnit.SECONDS)) {
        serve.destroyForcibly();
      }
    }
    var archive = archiveIn(archives);
    var floor = floor(mesh, proxies);
    print(proxies, ours, RedactionCost.of(mesh), floor, archive, requests);
    Program.delete(mesh);
  }

  private static Process serve(Path mesh, Path kubeconfig, Path requests)
      throws IOException, InterruptedException {
    var log = work.resolve(kubeconfig.getFileName() + ".serve.log");
    var process =
        new ProcessBuilder(
                Program.command(
                    "1g",
                    "serve",
                    mesh.toString(),
                    "--kubeconfig",
                    kubeconfig.toString(),
                    "--request-log",
                    requests.toString()))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    var deadline = Instant.now().plus(Duration.ofMinutes(5));
    while (!Files.readString(log).contains("is served at")) {
      if (!process.isAlive() || Instant.now().isAfter(deadline)) {
        process.destroyForcibly();
        throw new IOException("the replay server did not start, see " + log);
      }
      process.waitFor(50, TimeUnit.MILLISECONDS);
    }
    return process;
  }

  /// Time for `curl | pigz` over all files of a folder.
  private static Measured floor(Path mesh, int proxies) throws IOException, InterruptedException {
    var loopback = InetAddress.getLoopbackAddress();
    var server =
        SimpleFileServer.createFileServer(
            new InetSocketAddress(loopback, 0), mesh.toAbsolutePath(), OutputLevel.NONE);
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      server.setExecutor(executor);
      server.start();
      var urls = work.resolve("urls-" + proxies);
      try (var files = Files.walk(mesh)) {
        Files.write(
            urls,
            files
                .filter(Files::isRegularFile)
                .map(
                    file ->
                        "url = \"http://%s:%d/%s\""
                            .formatted(
                                loopback.getHostAddress(),
                                server.getAddress().getPort(),
                                mesh.relativize(file)))
                .toList());
      }
      var compress = Program.isOnPath("pigz") ? "pigz -6" : "gzip -6";
      var script =
          "curl --silent --globoff --parallel --parallel-max %d -K %s | %s >%s"
              .formatted(PARALLEL, urls, compress, work.resolve("floor-" + proxies + ".gz"));
      return Measured.run(
          List.of("sh", "-c", script), Map.of(), work.resolve("floor-" + proxies + ".log"));
    } finally {
      server.stop(0);
    }
  }

  private static void print(
      int proxies, Measured ours, Duration redaction, Measured floor, Path archive, Path requests)
      throws IOException {
    long fetched;
    try (var snapshot = Snapshot.open(archive, Instant.EPOCH)) {
      fetched = snapshot.manifest().bytes();
    }
    long besidesLogs;
    try (var lines = Files.lines(requests)) {
      besidesLogs = lines.filter(line -> !line.contains("/log?")).count();
    }
    System.out.printf(
        Locale.ROOT,
        "%7d %7.1f s %7.1f s %6.2f %6.1f s %6.1f s %5.1f %% %6d MB %6d MB %6d MB %8.2f%n",
        proxies,
        seconds(ours.wall()),
        seconds(floor.wall()),
        seconds(ours.wall()) / seconds(floor.wall()),
        seconds(ours.cpu()),
        seconds(redaction),
        100 * seconds(redaction) / seconds(ours.cpu()),
        ours.peak() / 1_000_000,
        fetched / 1_000_000,
        Files.size(archive) / 1_000_000,
        (double) besidesLogs / proxies);
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }

  private static Path archiveIn(Path folder) throws IOException {
    try (var files = Files.newDirectoryStream(folder, "*.tar.gz")) {
      return files.iterator().next();
    }
  }
}
