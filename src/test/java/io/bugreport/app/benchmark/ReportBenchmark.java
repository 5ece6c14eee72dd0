package io.bugreport.app.benchmark;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.bugreport.app.Main;
import io.bugreport.model.check.CheckCatalogue;
import io.bugreport.model.finding.Diagnosis;
import io.bugreport.model.snapshot.Snapshot;
import io.bugreport.report.Report;
import io.bugreport.report.view.ReportContext;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The page of a mesh of 1,000 proxies and 200 services in which 1,000 routes lead nowhere: what it
/// costs to make with all checks in a heap of 256 MiB, how large it is, and how fast a browser is
/// with it.
///
/// `mvn -Pbenchmark -pl src -am verify -Dtest=ReportBenchmark
/// -Dsurefire.failIfNoSpecifiedTests=false` runs it. It needs 4 GB of disk for as long as it runs.
/// The environment variable `PAGE` names a page that was made before: then only the browser is
/// measured.
@Tag("benchmark")
@DisplayName("the page of a large mesh")
class ReportBenchmark {
  private static final int NAMESPACES = 10;
  private static final int ROUTES = 100;

  @TempDir static Path work;

  @Test
  void isMadeOpenedAndFiltered() throws IOException, InterruptedException {
    assumeTrue(PageInBrowser.isPossible(), "no chromium and chromedriver on the PATH");
    var given = System.getenv("PAGE");
    open(given == null ? make() : Path.of(given));
  }

  private static Path make() throws IOException, InterruptedException {
    var mesh = work.resolve("mesh");
    Measured.run(
        program(
            "1g",
            List.of(
                "synthetic",
                "--plan",
                "mesh",
                "--namespaces",
                Integer.toString(NAMESPACES),
                "--services",
                "200",
                "--proxies",
                "1000",
                "--output",
                mesh.toString())),
        Map.of(),
        work.resolve("synthetic.log"));
    breakRoutes(mesh);
    var page = work.resolve("report.html");
    var made =
        Measured.run(
            program("256m", List.of("report", mesh.toString(), "--file", page.toString())),
            Map.of(),
            work.resolve("report.log"));
    System.out.printf(
        Locale.ROOT,
        "page %.2f MB; checks and page %.1f s, cpu %.1f s, peak RSS %d MB (heap 256 MiB); page alone"
            + " %.1f s%n",
        Files.size(page) / 1e6,
        seconds(made.wall()),
        seconds(made.cpu()),
        made.peak() / 1_000_000,
        seconds(pageAlone(mesh)));
    return page;
  }

  private static void open(Path page) {
    try (var browser = PageInBrowser.open(page)) {
      System.out.printf(Locale.ROOT, "first contentful paint %.0f ms%n", browser.firstPaint());
      System.out.println(
          "filter, from input to the next frame (a search waits 40 ms for more keys):");
      for (var filter : PageInBrowser.Filter.values()) {
        System.out.printf(Locale.ROOT, "  %-34s %4.0f ms%n", filter.title(), browser.time(filter));
      }
    }
  }

  /// Adds routes to hosts that are not there to each namespace.
  private static void breakRoutes(Path mesh) throws IOException {
    Path namespaces;
    try (var clusters = Files.newDirectoryStream(mesh.resolve("clusters"))) {
      namespaces = clusters.iterator().next().resolve("namespaces");
    }
    for (var n = 0; n < NAMESPACES; n++) {
      var folder = namespaces.resolve("broken-" + n + "/networking.istio.io");
      Files.createDirectories(folder);
      var routes = new StringBuilder();
      for (var i = 0; i < ROUTES; i++) {
        routes.append(
            """
            ---
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: route-%1$d, namespace: broken-%2$d}
            spec: {hosts: [shop-%1$d.example.com], http: [{route: [{destination: {host: lost-%1$d}}]}]}
            """
                .formatted(i, n));
      }
      Files.writeString(folder.resolve("virtualservices.yaml"), routes);
    }
  }

  private static Duration pageAlone(Path mesh) throws IOException {
    var begun = System.nanoTime();
    try (var snapshot = Snapshot.open(mesh, Instant.EPOCH)) {
      Report.of(
              snapshot,
              new Diagnosis(List.of()),
              CheckCatalogue.load(Main.class.getClassLoader()),
              new ReportContext("mesh", "benchmark"))
          .html(OutputStream.nullOutputStream());
    }
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  private static List<String> program(String heap, List<String> arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx" + heap,
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                Main.class.getName()));
    command.addAll(arguments);
    return command;
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
