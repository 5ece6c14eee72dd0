package io.bugreport.report;

import io.bugreport.model.finding.Diagnosis;
import io.bugreport.model.finding.Severity;
import io.bugreport.model.snapshot.Snapshot;
import io.bugreport.report.view.Cause;
import io.bugreport.report.view.Coverage;
import io.bugreport.report.view.Istio;
import io.bugreport.report.view.Page;
import io.bugreport.report.view.Summary;
import io.bugreport.report.view.Tone;
import io.bugreport.report.view.Visible;
import io.bugreport.report.view.Wording;
import java.util.ArrayList;
import java.util.List;

/// The page's first screen for a terminal: at most twenty lines, in the same order.
final class ConsoleSummary {
  private static final int CAUSES = 6;
  private static final int WARNINGS = 2;
  private static final int LEAST_WIDTH = 40;
  private static final String RESET = "\u001b[0m";
  private static final String BOLD = "\u001b[1m";
  private static final String FAINT = "\u001b[2m";

  private final Snapshot snapshot;
  private final Diagnosis diagnosis;
  private final List<Cause> causes;
  private final boolean colour;
  private final int width;
  private final List<String> lines = new ArrayList<>();

  ConsoleSummary(
      Snapshot snapshot, Diagnosis diagnosis, List<Cause> causes, boolean colour, int width) {
    this.snapshot = snapshot;
    this.diagnosis = diagnosis;
    this.causes = causes;
    this.colour = colour;
    this.width = Math.max(width, LEAST_WIDTH);
  }

  String text() {
    var summary = Summary.of(diagnosis);
    add(
        "",
        Page.clusters(snapshot)
            + " · "
            + Istio.of(snapshot).text()
            + " · "
            + Wording.time(snapshot.manifest().started())
            + " UTC",
        FAINT);
    add("", summary.sentence(), BOLD);
    if (!causes.isEmpty()) {
      lines.add("");
    }
    for (var cause : causes.stream().limit(CAUSES).toList()) {
      add(cause);
    }
    if (causes.size() > CAUSES) {
      add(
          "  ",
          "… and " + Wording.count(causes.size() - CAUSES, "more kind") + " of finding",
          FAINT);
    }
    coverage();
    return String.join("\n", lines) + "\n";
  }

  private void add(Cause cause) {
    var head = String.format("%-8s ", cause.severity().word()) + cause.code() + "  ";
    var start = "  " + paint(symbol(cause.severity()), ansi(cause.severity())) + " ";
    var title =
        Visible.line(cause.title() + " (" + Wording.count(cause.subjects().size(), "object") + ")");
    lines.add(start + Wording.cut(head + title, width - 4));
    lines.add("    " + paint(Wording.cut(Visible.line(cause.line()), width - 4), FAINT));
  }

  private void coverage() {
    var coverage = Coverage.of(snapshot);
    var counts =
        coverage.segments().stream()
            .map(segment -> segment.number() + " " + segment.word())
            .toList();
    lines.add("");
    if (!counts.isEmpty()) {
      add("", "Seen: " + String.join(", ", counts) + redacted(coverage), "");
    }
    for (var warning : coverage.warnings().stream().limit(WARNINGS).toList()) {
      add("", "! " + warning, ansi(Severity.WARNING));
    }
  }

  private static String redacted(Coverage coverage) {
    return coverage.redacted() == 0
        ? ""
        : "; " + Wording.count(coverage.redacted(), "value") + " redacted";
  }

  private void add(String indent, String text, String ansi) {
    lines.add(indent + paint(Wording.cut(Visible.line(text), width - indent.length()), ansi));
  }

  private String paint(String text, String ansi) {
    return colour && !ansi.isEmpty() ? ansi + text + RESET : text;
  }

  private static String symbol(Severity severity) {
    return switch (Tone.of(severity)) {
      case CRITICAL, ERROR -> "×";
      case WARNING -> "‼";
      case INFO, UNKNOWN, GOOD, PLAIN -> "i";
    };
  }

  private static String ansi(Severity severity) {
    return switch (severity) {
      case CRITICAL, ERROR -> "\u001b[31m";
      case WARNING -> "\u001b[33m";
      case INFO -> "\u001b[36m";
    };
  }
}
