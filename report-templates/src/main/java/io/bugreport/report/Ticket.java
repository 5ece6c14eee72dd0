package io.bugreport.report;

import io.bugreport.model.finding.Conclusion.NotEvaluated;
import io.bugreport.model.finding.Diagnosis;
import io.bugreport.model.finding.Finding;
import io.bugreport.model.snapshot.Snapshot;
import io.bugreport.report.view.Cause;
import io.bugreport.report.view.Coverage;
import io.bugreport.report.view.Istio;
import io.bugreport.report.view.Page;
import io.bugreport.report.view.ReportContext;
import io.bugreport.report.view.Summary;
import io.bugreport.report.view.Visible;
import io.bugreport.report.view.Wording;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// What a person pastes into a ticket: Markdown of less than 4,000 characters. Causes come worst
/// first and whole; from the first that no longer fits on, they are only counted.
final class Ticket {
  /// Some ticket systems cut a comment at 4,000 characters.
  static final int LIMIT = 3_999;

  private static final int MESSAGE = 300;
  private static final int NAME = 120;
  private static final int TITLE = 160;
  private static final int BLIND = 5;
  private static final int WARNING = 200;
  private static final int LEFT_LINE = 120;

  private final Snapshot snapshot;
  private final Diagnosis diagnosis;
  private final List<Cause> causes;
  private final ReportContext context;

  Ticket(Snapshot snapshot, Diagnosis diagnosis, List<Cause> causes, ReportContext context) {
    this.snapshot = snapshot;
    this.diagnosis = diagnosis;
    this.causes = causes;
    this.context = context;
  }

  void write(OutputStream out) throws IOException {
    out.write(text().getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  String text() {
    var head = head();
    var tail = tail();
    var room = LIMIT - head.length() - tail.length() - LEFT_LINE;
    var body = new StringBuilder();
    var shown = 0;
    for (var cause : causes) {
      var entry = entry(cause);
      if (body.length() + entry.length() > room) {
        break;
      }
      body.append(entry);
      shown++;
    }
    if (shown < causes.size()) {
      var left =
          causes.stream()
              .skip(shown)
              .mapToLong(cause -> cause.findings().size() + cause.followers().size())
              .sum();
      body.append("\n… and ")
          .append(Wording.count(left, "more finding"))
          .append(", worst first; all of them are in report.html.\n");
    }
    return head + body + tail;
  }

  private String head() {
    return "## Istio diagnosis of "
        + code(Page.clusters(snapshot), NAME)
        + "\n\n**"
        + Summary.of(diagnosis).sentence()
        + "**\n\n"
        + plain(Istio.of(snapshot).text(), TITLE)
        + " · collected "
        + Wording.span(snapshot.manifest().started(), snapshot.manifest().finished())
        + "\n\n";
  }

  private static String entry(Cause cause) {
    var first = cause.findings().getFirst();
    var subjects =
        Wording.some(cause.subjects().stream().map(id -> code(id.toString(), NAME)).toList());
    return "- **"
        + cause.severity().word()
        + "** "
        + code(cause.code(), NAME)
        + " "
        + plain(cause.title(), TITLE)
        + ": "
        + subjects
        + "  \n  "
        + plain(first.message(), MESSAGE)
        + followers(cause)
        + place(first)
        + "\n";
  }

  private static String followers(Cause cause) {
    return cause.followers().isEmpty()
        ? ""
        : " " + Wording.count(cause.followers().size(), "more finding") + " may follow from it.";
  }

  private static String place(Finding finding) {
    return finding.evidence().isEmpty()
        ? ""
        : "  \n  "
            + code(
                finding.evidence().getFirst().path() + ":" + finding.evidence().getFirst().line(),
                2 * NAME);
  }

  private String tail() {
    var coverage = Coverage.of(snapshot);
    List<String> lines = new ArrayList<>();
    for (var warning : coverage.warnings()) {
      lines.add(plain(warning, WARNING));
    }
    var counts =
        coverage.segments().stream()
            .map(segment -> segment.number() + " " + segment.word())
            .toList();
    if (!counts.isEmpty()) {
      lines.add("Items: " + String.join(", ", counts) + ".");
    }
    if (coverage.redacted() > 0) {
      lines.add(Wording.count(coverage.redacted(), "value") + " redacted.");
    }
    var blind =
        diagnosis.all(NotEvaluated.class).stream().map(check -> code(check.check(), NAME)).toList();
    if (!blind.isEmpty()) {
      var names = String.join(", ", blind.stream().limit(BLIND).toList());
      lines.add(
          "Not evaluated: "
              + names
              + (blind.size() > BLIND ? " and " + (blind.size() - BLIND) + " more" : "")
              + ".");
    }
    return "\n**What was seen**\n\n"
        + (lines.isEmpty() ? "" : "- " + String.join("\n- ", lines) + "\n")
        + "\nArchive "
        + code(context.archive(), NAME)
        + ", made to be opened with bug-report "
        + plain(context.toolVersion(), NAME)
        + ".\n";
  }

  /// A name as code, in which Markdown means nothing.
  private static String code(String name, int length) {
    return "`" + Wording.cut(Visible.line(name), length).replace('`', '\'') + "`";
  }

  /// A text in which Markdown and HTML mean nothing.
  private static String plain(String text, int length) {
    return Wording.cut(Visible.line(text), length).replaceAll("([\\\\`*_\\[\\]<>|#~!])", "\\\\$1");
  }
}
