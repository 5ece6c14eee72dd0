package io.bugreport.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.bugreport.model.finding.Conclusion;
import io.bugreport.model.finding.Diagnosis;
import io.bugreport.model.finding.Evidence;
import io.bugreport.model.finding.Finding;
import io.bugreport.model.finding.Severity;
import io.bugreport.model.snapshot.Manifest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlReportTest {
  private static final String HOSTILE =
      "x\"><img src=x onerror=alert(1)><script>alert(2)</script>\u202egpj.\u001b[31m";

  @TempDir Path folder;

  private String sample() throws IOException {
    try (var snapshot = SampleMesh.snapshot(folder)) {
      return SampleMesh.html(snapshot, SampleMesh.diagnosis());
    }
  }

  private static String withoutScripts(String html) {
    return html.replaceAll("(?s)<script.*?</script>", "");
  }

  private static String asset(String name) throws IOException {
    try (var in = HtmlReport.class.getResourceAsStream(name)) {
      assertThat(in).as(name).isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void everyFindingIsThereWithoutScripts() throws IOException {
    var html = withoutScripts(sample());
    for (var finding : SampleMesh.diagnosis().findings()) {
      assertThat(html)
          .contains(finding.message().replace("\"", "&quot;"))
          .contains(finding.resource().toString());
    }
  }

  @Test
  void equalSnapshotsMakeEqualBytes() throws IOException {
    try (var snapshot = SampleMesh.snapshot(folder)) {
      assertThat(SampleMesh.html(snapshot, SampleMesh.diagnosis()))
          .isEqualTo(SampleMesh.html(snapshot, SampleMesh.diagnosis()));
    }
  }

  @Test
  void thePolicyNamesTheOneScriptAndTheOneStyle() throws IOException {
    var html = sample();
    for (var element : List.of("script", "style")) {
      var inside =
          Pattern.compile("(?s)<" + element + ">(.*?)</" + element + ">")
              .matcher(html)
              .results()
              .toList();
      assertThat(inside).as(element + " elements").hasSize(1);
      assertThat(html)
          .contains(element + "-src '" + new Asset(inside.getFirst().group(1)).hash() + "'");
    }
    assertThat(html).contains("default-src 'none'").contains("base-uri 'none'");
  }

  @Test
  void nothingInThePageWouldNeedAWeakerPolicy() throws IOException {
    assertThat(withoutScripts(sample()))
        .doesNotContainPattern("<[^>]* style=")
        .doesNotContainPattern("<[^>]* on[a-z]+=");
  }

  @Test
  void oneMacroMakesAllLinks() throws IOException {
    var templates = asset("report.ftlh") + asset("macros.ftlh");
    assertThat(templates.split("<a ", -1)).as("places that write <a").hasSize(2);
  }

  @Test
  void hostileNamesAndLinesAreText() throws IOException {
    var hostile =
        new Finding(
            "X-01",
            "hostile",
            Severity.ERROR,
            HOSTILE,
            HOSTILE,
            SampleMesh.id("Pod", HOSTILE, HOSTILE),
            List.of(SampleMesh.id("Service", HOSTILE, HOSTILE)),
            List.of(new Evidence(HOSTILE, 1, HOSTILE, 1, List.of(HOSTILE))),
            HOSTILE + " [click](javascript:alert(3)) ![pic](http://evil.example/x.png)",
            "docs/checks/hostile.md",
            HOSTILE);
    var diagnosis =
        new Diagnosis(List.of(new Conclusion.Found("hostile", List.of(hostile), List.of())));
    var manifest = SampleMesh.manifest(HOSTILE);
    try (var snapshot =
        SampleMesh.snapshot(folder, manifest, SampleMesh.items(), "pod<script>alert(4)</script>")) {
      var html = SampleMesh.html(snapshot, diagnosis);
      assertThat(withoutScripts(html))
          .doesNotContain("<img")
          .doesNotContain("\u202e")
          .doesNotContain("\u001b")
          .doesNotContain("href=\"javascript:")
          .contains("[U+202E]gpj.\u241b[31m")
          .contains("pod&lt;script&gt;");
      assertThat(html.split("<script>", -1)).as("our own script alone").hasSize(2);
    }
  }

  @Test
  void aLeakIsSaidOnTheFirstScreen() throws IOException {
    var manifest =
        SampleMesh.manifest(null)
            .withLeaks(List.of(new Manifest.Leak("GitHub token", "clusters/c/app.log", 7)));
    try (var snapshot = SampleMesh.snapshot(folder, manifest, SampleMesh.items(), "reviews")) {
      var html = SampleMesh.html(snapshot, new Diagnosis(List.of()));
      assertThat(html.substring(0, html.indexOf("id=\"findings\"")))
          .contains("1 place in this archive may still be a secret")
          .contains("a GitHub token at clusters/c/app.log:7");
    }
  }

  @Test
  void thatMuchWasRedactedIsSaidOnTheFirstScreen() throws IOException {
    var manifest =
        SampleMesh.manifest(null).withMuchRedacted(new TreeMap<>(Map.of("clusters/c/app.log", 61)));
    try (var snapshot = SampleMesh.snapshot(folder, manifest, SampleMesh.items(), "reviews")) {
      var html = SampleMesh.html(snapshot, new Diagnosis(List.of()));
      assertThat(html.substring(0, html.indexOf("id=\"findings\"")))
          .contains("Redaction replaced much of 1 file, up to 61 % of clusters/c/app.log");
    }
  }

  @Test
  void blindnessIsSaidOnTheFirstScreen() throws IOException {
    try (var snapshot =
        SampleMesh.snapshot(
            folder, SampleMesh.manifest("Ctrl-C after 12 s"), SampleMesh.items(), "reviews")) {
      var html = SampleMesh.html(snapshot, new Diagnosis(List.of()));
      assertThat(html.substring(0, html.indexOf("id=\"findings\"")))
          .contains("Collection ended early: Ctrl-C after 12 s")
          .contains("<strong>3</strong> forbidden")
          .contains("No check was run, so nothing is known");
    }
  }

  @Test
  void manyFindingsOfOneCheckAreOneCard() throws IOException {
    var html = sample();
    assertThat(html.split("<details class=\"card info\"", -1)).hasSize(2);
    assertThat(html).contains("9 objects");
  }

  @Test
  void aLongTableSaysWhatItLeavesOut() throws IOException {
    List<Finding> findings = new ArrayList<>();
    for (var i = 0; i < 612; i++) {
      findings.add(
          SampleMesh.finding(
              "port-name",
              "IST0118",
              Severity.INFO,
              "Ports",
              "port " + i,
              SampleMesh.id("Service", "a", "svc-" + i),
              List.of(),
              "## Fix"));
    }
    try (var snapshot = SampleMesh.snapshot(folder)) {
      var diagnosis =
          new Diagnosis(List.of(new Conclusion.Found("port-name", findings, List.of())));
      assertThat(SampleMesh.html(snapshot, diagnosis))
          .contains("500 of 612 rows")
          .contains("The others are in this page, compressed.")
          .contains("id=\"d-IST0118-port-name-objects\"");
    }
  }

  @Test
  void aPageKeepsToItsSizeAndSaysWhatThatCosts() throws IOException {
    var random = new Random(7);
    List<Finding> findings = new ArrayList<>();
    for (var i = 0; i < 20_000; i++) {
      findings.add(
          SampleMesh.finding(
              "port-name",
              "IST0118",
              Severity.INFO,
              "Ports",
              "port " + Long.toHexString(random.nextLong()) + Long.toHexString(random.nextLong()),
              SampleMesh.id("Service", "a", "svc-" + i),
              List.of(),
              "## Fix"));
    }
    var diagnosis = new Diagnosis(List.of(new Conclusion.Found("port-name", findings, List.of())));
    var most = 400_000;
    try (var snapshot = SampleMesh.snapshot(folder)) {
      var out = new ByteArrayOutputStream();
      Report.of(snapshot, diagnosis, SampleMesh.catalogue(), SampleMesh.CONTEXT)
          .html(out, new PageOptions(most, null));
      assertThat(out.size()).as("bytes of the page").isLessThanOrEqualTo(most);
      assertThat(out.toString(StandardCharsets.UTF_8))
          .contains("Left out of this page")
          .containsPattern("Objects with this finding: [\\d,]+ of 20,000 rows");
    }
  }

  @Test
  void evidenceIsReadOutOfTheArchive() throws IOException {
    assertThat(sample())
        .contains("Istio 1.30.1")
        .contains("not acknowledged: listeners")
        .contains("2026-11-23 22:00:00, expired")
        .contains("timed out: no answer within 10 s")
        .contains("proxies disagree: productpage-v1-6b7f8-9z2lm.bookinfo")
        .contains("reviews: CrashLoopBackOff, reviews: OOMKilled")
        .contains("Back-off restarting failed container reviews");
  }

  @Test
  void styleAndScriptStaySmall() throws IOException {
    assertThat(asset("report.css").length()).as("bytes of report.css").isLessThan(20_000);
    assertThat(asset("report.js").length()).as("bytes of report.js").isLessThan(30_000);
  }
}
