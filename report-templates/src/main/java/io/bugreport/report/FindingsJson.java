package io.bugreport.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.bugreport.model.finding.Conclusion.Found;
import io.bugreport.model.finding.Conclusion.NotEvaluated;
import io.bugreport.model.finding.Diagnosis;
import io.bugreport.model.finding.Finding;
import io.bugreport.model.finding.Severity;
import io.bugreport.model.snapshot.CollectedItem;
import io.bugreport.model.snapshot.Snapshot;
import io.bugreport.report.view.Istio;
import io.bugreport.report.view.ReportContext;
import io.bugreport.report.view.Summary;
import io.bugreport.report.view.Wording;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The result for programs: `findings.json`, and what `analyze --output json` prints.
final class FindingsJson {
  private static final String SCHEMA = "bug-report.findings/v1";

  private final Snapshot snapshot;
  private final Diagnosis diagnosis;
  private final ReportContext context;

  private record Document(
      String schema,
      SnapshotPart snapshot,
      SummaryPart summary,
      List<FindingPart> findings,
      List<BlindCheck> notEvaluated) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record SnapshotPart(
      String archive,
      String tool,
      String collectedFrom,
      String collectedTo,
      List<ClusterPart> clusters,
      List<String> istioVersions,
      boolean recorded,
      @Nullable String interrupted,
      TreeMap<String, Long> outcomes) {}

  private record ClusterPart(String name, String kubernetes) {}

  private record SummaryPart(
      long critical, long error, long warning, long info, ChecksPart checks) {}

  private record ChecksPart(long found, long passed, long notApplicable, long notEvaluated) {}

  private record FindingPart(
      String code,
      String check,
      Severity severity,
      String title,
      String message,
      ResourcePart resource,
      List<EvidencePart> evidence,
      String fix,
      String docs,
      @Nullable String group) {}

  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  private record ResourcePart(String cluster, String kind, String namespace, String name) {}

  private record EvidencePart(String path, int line, String excerpt) {}

  private record BlindCheck(String check, String reason) {}

  FindingsJson(Snapshot snapshot, Diagnosis diagnosis, ReportContext context) {
    this.snapshot = snapshot;
    this.diagnosis = diagnosis;
    this.context = context;
  }

  void write(OutputStream out) throws IOException {
    JsonText.write(
        new Document(
            SCHEMA,
            snapshotPart(),
            summaryPart(),
            diagnosis.findings().stream().map(FindingsJson::findingPart).toList(),
            blindChecks()),
        out);
  }

  private SnapshotPart snapshotPart() {
    var manifest = snapshot.manifest();
    var outcomes = new TreeMap<String, Long>();
    for (CollectedItem item : snapshot.items()) {
      outcomes.merge(item.outcome().word(), 1L, Long::sum);
    }
    return new SnapshotPart(
        context.archive(),
        manifest.tool(),
        manifest.started().toString(),
        manifest.finished().toString(),
        snapshot.clusters().stream()
            .map(cluster -> new ClusterPart(cluster.name(), kubernetes(cluster.name())))
            .toList(),
        Istio.of(snapshot).versions(),
        snapshot.isRecorded(),
        manifest.interrupted(),
        outcomes);
  }

  private String kubernetes(String cluster) {
    for (var entry : snapshot.manifest().clusters()) {
      var server = entry.server();
      if (entry.name().equals(cluster) && server != null) {
        return server;
      }
    }
    return "unknown";
  }

  private SummaryPart summaryPart() {
    var summary = Summary.of(diagnosis);
    return new SummaryPart(
        summary.critical(),
        summary.errors(),
        summary.warnings(),
        summary.infos(),
        new ChecksPart(
            summary.found(), summary.passed(), summary.notApplicable(), summary.notEvaluated()));
  }

  private static FindingPart findingPart(Finding finding) {
    var id = finding.resource();
    return new FindingPart(
        finding.code(),
        finding.check(),
        finding.severity(),
        finding.title(),
        finding.message(),
        new ResourcePart(id.cluster(), id.kind(), id.namespace(), id.name()),
        finding.evidence().stream()
            .map(e -> new EvidencePart(e.path(), e.line(), e.excerpt()))
            .toList(),
        finding.fix(),
        finding.docs(),
        finding.group());
  }

  /// Checks that saw nothing, and those that found something and saw only a part.
  private List<BlindCheck> blindChecks() {
    List<BlindCheck> blind = new ArrayList<>();
    for (var check : diagnosis.all(NotEvaluated.class)) {
      blind.add(new BlindCheck(check.check(), Wording.gaps(check.gaps())));
    }
    for (var check : diagnosis.all(Found.class)) {
      if (!check.gaps().isEmpty()) {
        blind.add(new BlindCheck(check.check(), "in part: " + Wording.gaps(check.gaps())));
      }
    }
    blind.sort(Comparator.comparing(BlindCheck::check));
    return blind;
  }
}
