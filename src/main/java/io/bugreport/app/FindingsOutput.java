package io.bugreport.app;

import io.bugreport.model.finding.Conclusion.Gap;
import io.bugreport.model.finding.Conclusion.NotApplicable;
import io.bugreport.model.finding.Conclusion.NotEvaluated;
import io.bugreport.model.finding.Conclusion.Passed;
import io.bugreport.model.finding.Diagnosis;
import io.bugreport.model.finding.Severity;
import io.bugreport.model.snapshot.Cluster;
import io.bugreport.model.snapshot.Snapshot;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/// What `analyze --output json` prints. The names of all fields are a contract.
final class FindingsOutput {
  private static final String SCHEMA = "bug-report/findings/v1";

  record Document(
      String schema,
      SnapshotEntry snapshot,
      SequencedMap<String, Long> summary,
      List<FindingEntry> findings,
      List<NotEvaluatedEntry> notEvaluated) {}

  record SnapshotEntry(String source, String collectedAt, List<String> clusters) {}

  record FindingEntry(
      String code,
      String check,
      Severity severity,
      String title,
      String message,
      ResourceEntry resource,
      List<EvidenceEntry> evidence,
      String fix,
      String docs,
      @Nullable String group) {}

  record ResourceEntry(String cluster, String kind, String namespace, String name) {}

  record EvidenceEntry(String path, int line, String excerpt) {}

  record NotEvaluatedEntry(String check, String reason) {}

  private FindingsOutput() {}

  /// The whole document, without a line end.
  ///
  /// @param suppressed how many findings the user did not want to see
  static String json(Snapshot snapshot, Diagnosis diagnosis, long suppressed) {
    return JsonMapper.builder()
        .enable(SerializationFeature.INDENT_OUTPUT)
        .build()
        .writeValueAsString(document(snapshot, diagnosis, suppressed));
  }

  /// The same document as YAML.
  static String yaml(Snapshot snapshot, Diagnosis diagnosis, long suppressed) {
    return YAMLMapper.builder()
        .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER)
        .enable(YAMLWriteFeature.LITERAL_BLOCK_STYLE)
        .build()
        .writeValueAsString(document(snapshot, diagnosis, suppressed));
  }

  private static Document document(Snapshot snapshot, Diagnosis diagnosis, long suppressed) {
    return new Document(
        SCHEMA,
        new SnapshotEntry(
            snapshot.archive().name(),
            snapshot.collectedAt().toString(),
            snapshot.clusters().stream().map(Cluster::name).toList()),
        summary(diagnosis, suppressed),
        findings(diagnosis),
        diagnosis.all(NotEvaluated.class).stream()
            .map(n -> new NotEvaluatedEntry(n.check(), reason(n)))
            .toList());
  }

  private static SequencedMap<String, Long> summary(Diagnosis diagnosis, long suppressed) {
    var summary = new LinkedHashMap<String, Long>();
    for (var severity : Severity.values()) {
      summary.put(severity.word(), diagnosis.count(severity));
    }
    summary.put("passed", (long) diagnosis.all(Passed.class).size());
    summary.put("notApplicable", (long) diagnosis.all(NotApplicable.class).size());
    summary.put("notEvaluated", (long) diagnosis.all(NotEvaluated.class).size());
    summary.put("suppressed", suppressed);
    return summary;
  }

  private static List<FindingEntry> findings(Diagnosis diagnosis) {
    return diagnosis.findings().stream()
        .map(
            f ->
                new FindingEntry(
                    f.code(),
                    f.check(),
                    f.severity(),
                    f.title(),
                    f.message(),
                    new ResourceEntry(
                        f.resource().cluster(),
                        f.resource().kind(),
                        f.resource().namespace(),
                        f.resource().name()),
                    f.evidence().stream()
                        .map(e -> new EvidenceEntry(e.path(), e.line(), e.excerpt()))
                        .toList(),
                    f.fix(),
                    f.docs(),
                    f.group()))
        .toList();
  }

  /// Why a check was not evaluated, in one line.
  static String reason(NotEvaluated conclusion) {
    return conclusion.gaps().stream()
        .map(FindingsOutput::text)
        .distinct()
        .collect(Collectors.joining("; "));
  }

  private static String text(Gap gap) {
    return gap.what() + ": " + gap.why();
  }
}
