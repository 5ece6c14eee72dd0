package io.bugreport.app.benchmark;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// All checks over files, beside the time that PyYAML's C parser takes to read them, and over the
/// archive of a large mesh, in the heap that the launcher gives.
///
/// `mvn -Pbenchmark -pl src -am verify -Dtest=AnalyzeBenchmark` runs it; the environment variable
/// `PROXIES` names another size of the mesh than 1,000 proxies.
@Tag("benchmark")
@DisplayName("analyze against reading")
class AnalyzeBenchmark {
  private static final List<Integer> SIZES = List.of(250, 500, 1000, 2000, 4000);
  private static final List<String> OPTIONS = List.of("-Xmx512m", "-XX:TieredStopAtLevel=1");
  private static final String READ =
      "import sys, yaml\nfor d in yaml.load_all(open(sys.argv[1]), Loader=yaml.CSafeLoader): pass";

  @TempDir private Path work;

  @Test
  void files() throws IOException, InterruptedException {
    assumeTrue(hasPyYaml(), "no python3 with PyYAML's C parser, which is the yardstick");
    System.out.println("objects    size     wall      cpu  peak RSS   PyYAML   ratio");
    for (var objects : SIZES) {
      var file = Files.writeString(work.resolve(objects + ".yaml"), HealthyObjects.yaml(objects));
      var ours = analyze(file);
      var floor =
          Measured.run(
              List.of("python3", "-c", READ, file.toString()), Map.of(), work.resolve("py.log"));
      System.out.printf(
          Locale.ROOT,
          "%7d %4d kB %6.2f s %6.2f s %6d MB %6.2f s %7.2f%n",
          objects,
          Files.size(file) / 1000,
          seconds(ours.wall()),
          seconds(ours.cpu()),
          ours.peak() / 1_000_000,
          seconds(floor.wall()),
          seconds(ours.wall()) / seconds(floor.wall()));
    }
  }

  @Test
  void aLargeMesh() throws IOException, InterruptedException {
    var proxies = System.getenv().getOrDefault("PROXIES", "1000");
    var mesh = work.resolve("mesh");
    Measured.run(
        Program.command(
            "1g",
            "synthetic",
            "--plan",
            "mesh",
            "--proxies",
            proxies,
            "--services",
            Integer.toString(Math.max(2, Integer.parseInt(proxies) / 5)),
            "--dump-kb",
            "1000",
            "--output",
            mesh.toString()),
        Map.of(),
        work.resolve("synthetic.log"));
    var ours = analyze(mesh);
    System.out.printf(
        Locale.ROOT,
        "%s proxies: %.2f s wall, %.2f s cpu, %d MB peak RSS%n",
        proxies,
        seconds(ours.wall()),
        seconds(ours.cpu()),
        ours.peak() / 1_000_000);
    Program.delete(mesh);
  }

  private Measured analyze(Path source) throws IOException, InterruptedException {
    return Measured.run(
        Program.command(OPTIONS, "analyze", source.toString()),
        Map.of(),
        work.resolve("analyze.log"));
  }

  private static boolean hasPyYaml() throws IOException, InterruptedException {
    return Program.isOnPath("python3")
        && new ProcessBuilder("python3", "-c", "import yaml; yaml.CSafeLoader")
                .redirectErrorStream(true)
                .start()
                .waitFor()
            == 0;
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
