package io.bugreport.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.bugreport.model.finding.Conclusion;
import io.bugreport.model.finding.Diagnosis;
import io.bugreport.model.finding.Evidence;
import io.bugreport.model.finding.Finding;
import io.bugreport.model.finding.Severity;
import io.bugreport.model.snapshot.Snapshot;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The result for programs, tickets and terminals.
class OtherFormatsTest {
  private final JsonMapper json = new JsonMapper();
  private Snapshot snapshot;
  private Report report;

  @FunctionalInterface
  private interface Format {
    void write(OutputStream out) throws IOException;
  }

  @BeforeEach
  void open(@TempDir Path folder) throws IOException {
    snapshot = SampleMesh.snapshot(folder);
    report = of(SampleMesh.diagnosis());
  }

  @AfterEach
  void close() throws IOException {
    snapshot.close();
  }

  private Report of(Diagnosis diagnosis) {
    return Report.of(snapshot, diagnosis, SampleMesh.catalogue(), SampleMesh.CONTEXT);
  }

  private static String text(Format format) throws IOException {
    var out = new ByteArrayOutputStream();
    format.write(out);
    return out.toString(StandardCharsets.UTF_8);
  }

  private static Diagnosis many(int count, String message) {
    List<Conclusion> conclusions = new ArrayList<>();
    for (var i = 0; i < count; i++) {
      var finding =
          SampleMesh.finding(
              "check-" + i,
              "X-" + i,
              Severity.ERROR,
              "Something is wrong",
              message,
              SampleMesh.id("Service", "a", "svc-" + i),
              List.of(new Evidence("f.yaml", 1, "", 1, List.of("x"))),
              "## Fix");
      conclusions.add(new Conclusion.Found("check-" + i, List.of(finding), List.of()));
    }
    return new Diagnosis(conclusions);
  }

  @Test
  void findingsJsonKeepsItsContract() throws IOException {
    var root = json.readTree(text(report::findingsJson));
    assertThat(root.propertyNames())
        .containsExactly("schema", "snapshot", "summary", "findings", "notEvaluated");
    var first = root.get("findings").get(0);
    assertThat(first.propertyNames())
        .containsExactly(
            "code",
            "check",
            "severity",
            "title",
            "message",
            "resource",
            "evidence",
            "fix",
            "docs",
            "group");
    assertThat(first.get("severity").asString()).isEqualTo("error");
    assertThat(first.get("resource").propertyNames())
        .containsExactly("cluster", "kind", "namespace", "name");
    assertThat(first.get("evidence").get(0).propertyNames())
        .containsExactly("path", "line", "excerpt");
    assertThat(root.get("notEvaluated").get(0).get("check").asString()).isEqualTo("gateway-secret");
    assertThat(root.get("notEvaluated").get(1).get("reason").asString()).startsWith("in part: ");
  }

  @Test
  void anObjectWithoutNamespaceHasNone() throws IOException {
    var node =
        SampleMesh.finding(
            "c",
            "X-1",
            Severity.INFO,
            "t",
            "m",
            SampleMesh.id("Node", "", "worker"),
            List.of(),
            "## Fix");
    var root =
        json.readTree(
            text(
                of(new Diagnosis(List.of(new Conclusion.Found("c", List.of(node), List.of()))))
                    ::findingsJson));
    assertThat(root.get("findings").get(0).get("resource").propertyNames())
        .containsExactly("cluster", "kind", "name");
  }

  @Test
  void sarifHasWhatItsSchemaRequires() throws IOException {
    var root = json.readTree(text(report::sarif));
    assertThat(root.get("version").asString()).isEqualTo("2.1.0");
    var run = root.get("runs").get(0);
    var rules = run.get("tool").get("driver").get("rules");
    assertThat(run.get("tool").get("driver").get("name").asString()).isNotBlank();
    assertThat(run.get("invocations").get(0).get("executionSuccessful").isBoolean()).isTrue();
    assertThat(run.get("results").size()).isEqualTo(SampleMesh.diagnosis().findings().size());
    for (JsonNode result : run.get("results")) {
      assertThat(result.get("message").get("text").asString()).isNotBlank();
      assertThat(result.get("level").asString()).isIn("none", "note", "warning", "error");
      assertThat(rules.get(result.get("ruleIndex").asInt()).get("id"))
          .isEqualTo(result.get("ruleId"));
      for (JsonNode location : result.get("locations")) {
        if (location.has("physicalLocation")) {
          assertThat(location.get("physicalLocation").get("region").get("startLine").asInt())
              .isPositive();
        }
      }
    }
  }

  @Test
  void sarifEncodesPathsAsReferences() throws IOException {
    var finding =
        SampleMesh.finding(
            "c",
            "X-1",
            Severity.INFO,
            "t",
            "m",
            SampleMesh.id("Node", "", "w"),
            List.of(new Evidence("clusters/a%2Fb/c d.yaml", 1, "", 1, List.of("x"))),
            "## Fix");
    assertThat(
            text(
                of(new Diagnosis(List.of(new Conclusion.Found("c", List.of(finding), List.of()))))
                    ::sarif))
        .contains("\"clusters/a%252Fb/c%20d.yaml\"");
  }

  @Test
  void junitIsXmlWhoseCountsAreTrue() throws Exception {
    var xml = text(report::junit);
    var document =
        DocumentBuilderFactory.newDefaultInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
    var suite = (org.w3c.dom.Element) document.getElementsByTagName("testsuite").item(0);
    for (var count : List.of("testcase:tests", "failure:failures", "skipped:skipped")) {
      var colon = count.indexOf(':');
      assertThat(document.getElementsByTagName(count.substring(0, colon)).getLength())
          .as(count)
          .isEqualTo(Integer.parseInt(suite.getAttribute(count.substring(colon + 1))));
    }
  }

  @Test
  void junitSurvivesCharactersThatXmlLacks() throws Exception {
    var xml = text(of(many(1, "bell \u0007 nul \u0000 \ufffe ]]>"))::junit);
    DocumentBuilderFactory.newDefaultInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
    assertThat(xml).contains("bell \u2407 nul \u2400");
  }

  @Test
  void aTicketOfFiveHundredFindingsFits() throws IOException {
    var ticket = text(of(many(500, "x".repeat(400)))::markdown);
    assertThat(ticket.length()).isLessThan(4_000);
    assertThat(ticket).contains("more findings, worst first").contains("What was seen");
  }

  @Test
  void aTicketNamesEveryCauseOfASmallDiagnosis() throws IOException {
    var ticket = text(report::markdown);
    for (Finding finding : SampleMesh.diagnosis().findings()) {
      assertThat(ticket).contains(finding.code());
    }
    assertThat(ticket).contains("3 forbidden").contains("`gateway-secret`");
  }

  @Test
  void markdownInAMessageMeansNothing() throws IOException {
    assertThat(text(of(many(1, "<b>![x](javascript:y)` @all"))::markdown))
        .contains("\\<b\\>\\!\\[x\\](javascript:y)\\`");
  }

  @Test
  void theConsoleSummaryHasAtMostTwentyLines() {
    var console = of(many(40, "x".repeat(400))).console(false, 80);
    assertThat(console.lines().count()).isLessThanOrEqualTo(20);
    assertThat(console.lines())
        .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
    assertThat(console).contains("34 more kinds of finding").contains("3 forbidden");
  }

  @Test
  void onlyColourWritesEscapeSequences() {
    var hostile = of(many(1, "\u001b[2J"));
    assertThat(hostile.console(false, 80)).doesNotContain("\u001b");
    assertThat(hostile.console(true, 80)).contains("\u001b[31m").doesNotContain("\u001b[2J");
  }
}
