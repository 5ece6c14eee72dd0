package io.bugreport.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.bugreport.model.check.CheckCatalogue;
import io.bugreport.model.check.CheckDefinition;
import io.bugreport.model.finding.Conclusion.NotEvaluated;
import io.bugreport.model.finding.Diagnosis;
import io.bugreport.model.finding.Evidence;
import io.bugreport.model.finding.Finding;
import io.bugreport.model.finding.Severity;
import io.bugreport.model.snapshot.Snapshot;
import io.bugreport.report.view.ReportContext;
import io.bugreport.report.view.Wording;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The result as SARIF 2.1.0 (OASIS, "Static Analysis Results Interchange Format"): a rule for each
/// code, a result for each finding, a notification for each check that could not be evaluated.
final class Sarif {
  private static final String SCHEMA =
      "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

  private final Snapshot snapshot;
  private final Diagnosis diagnosis;
  private final CheckCatalogue catalogue;
  private final ReportContext context;

  private record Document(@JsonProperty("$schema") String schema, String version, List<Run> runs) {}

  private record Run(
      Tool tool, String columnKind, List<Invocation> invocations, List<Result> results) {}

  private record Tool(Driver driver) {}

  private record Driver(String name, String version, List<Rule> rules) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record Rule(
      String id,
      String name,
      Text shortDescription,
      @Nullable Text fullDescription,
      @Nullable Help help,
      Level defaultConfiguration) {}

  private record Text(String text) {}

  private record Help(String text, String markdown) {}

  private record Level(String level) {}

  private record Invocation(
      boolean executionSuccessful,
      String startTimeUtc,
      String endTimeUtc,
      List<Notification> toolExecutionNotifications) {}

  private record Notification(String level, Text message, Map<String, String> properties) {}

  private record Result(
      String ruleId,
      int ruleIndex,
      String level,
      Text message,
      List<Location> locations,
      Map<String, String> partialFingerprints,
      Map<String, String> properties) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record Location(
      @Nullable PhysicalLocation physicalLocation, List<LogicalLocation> logicalLocations) {}

  private record PhysicalLocation(
      ArtifactLocation artifactLocation, Region region, Region contextRegion) {}

  private record ArtifactLocation(String uri) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record Region(int startLine, int endLine, @Nullable Text snippet) {}

  private record LogicalLocation(String name, String fullyQualifiedName, String kind) {}

  Sarif(Snapshot snapshot, Diagnosis diagnosis, CheckCatalogue catalogue, ReportContext context) {
    this.snapshot = snapshot;
    this.diagnosis = diagnosis;
    this.catalogue = catalogue;
    this.context = context;
  }

  void write(OutputStream out) throws IOException {
    var rules = new ArrayList<>(rules().values());
    var indexes = new TreeMap<String, Integer>();
    for (var i = 0; i < rules.size(); i++) {
      indexes.put(rules.get(i).id(), i);
    }
    var run =
        new Run(
            new Tool(new Driver("bug-report", context.toolVersion(), rules)),
            "utf16CodeUnits",
            List.of(invocation()),
            diagnosis.findings().stream()
                .map(finding -> result(finding, indexes.getOrDefault(finding.code(), -1)))
                .toList());
    JsonText.write(new Document(SCHEMA, "2.1.0", List.of(run)), out);
  }

  private Map<String, Rule> rules() {
    var rules = new TreeMap<String, Rule>();
    for (CheckDefinition check : catalogue.checks()) {
      for (var code : check.codes()) {
        rules.putIfAbsent(
            code,
            new Rule(
                code,
                check.id(),
                new Text(check.title()),
                new Text(check.why()),
                new Help(check.fix(), check.fix()),
                new Level(level(check.severity()))));
      }
    }
    for (var finding : diagnosis.findings()) {
      rules.putIfAbsent(
          finding.code(),
          new Rule(
              finding.code(),
              finding.check(),
              new Text(finding.title()),
              null,
              new Help(finding.fix(), finding.fix()),
              new Level(level(finding.severity()))));
    }
    return rules;
  }

  private Invocation invocation() {
    var manifest = snapshot.manifest();
    return new Invocation(
        true,
        manifest.started().toString(),
        manifest.finished().toString(),
        diagnosis.all(NotEvaluated.class).stream()
            .map(
                blind ->
                    new Notification(
                        "warning",
                        new Text(
                            blind.check() + " was not evaluated: " + Wording.gaps(blind.gaps())),
                        Map.of("check", blind.check())))
            .toList());
  }

  private static Result result(Finding finding, int ruleIndex) {
    var id = finding.resource();
    var object =
        Stream.of(id.cluster(), id.namespace(), id.kind(), id.name())
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining("/"));
    var logical = List.of(new LogicalLocation(id.name(), object, "resource"));
    var places =
        finding.evidence().isEmpty()
            ? List.of(new Location(null, logical))
            : finding.evidence().stream()
                .map(evidence -> new Location(physical(evidence), logical))
                .toList();
    return new Result(
        finding.code(),
        ruleIndex,
        level(finding.severity()),
        new Text(finding.message()),
        places,
        Map.of("object/v1", finding.check() + ":" + finding.code() + ":" + object),
        Map.of("severity", finding.severity().word()));
  }

  private static PhysicalLocation physical(Evidence evidence) {
    var last = evidence.firstLine() + Math.max(0, evidence.lines().size() - 1);
    return new PhysicalLocation(
        new ArtifactLocation(uri(evidence.path())),
        new Region(evidence.line(), evidence.line(), null),
        new Region(evidence.firstLine(), last, new Text(evidence.excerpt())));
  }

  /// A path as a relative reference. Its own percent signs are part of names.
  private static String uri(String path) {
    return Stream.of(path.split("/", -1))
        .map(part -> URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20"))
        .collect(Collectors.joining("/"));
  }

  private static String level(Severity severity) {
    return switch (severity) {
      case CRITICAL, ERROR -> "error";
      case WARNING -> "warning";
      case INFO -> "note";
    };
  }
}
