package io.bugreport.report.view;

import io.bugreport.report.logs.Level;
import io.bugreport.report.logs.LogPattern;
import io.bugreport.report.logs.LogSurvey;
import io.bugreport.report.view.Table.Cell;
import io.bugreport.report.view.Table.Column;
import io.bugreport.report.view.Table.Row;
import java.util.List;

/// What logs say, line patterns with their counts: errors and warnings first.
final class LogTable {
  private static final int LENGTH = 260;

  private LogTable() {}

  static Table of(LogSurvey survey) {
    return new Table(
        "patterns",
        "Patterns of log lines, errors first",
        List.of(
            Column.text("Level"),
            Column.number("Lines"),
            Column.text("Cluster"),
            Column.text("Written by"),
            Column.text("Line, with # for numbers and * for ids"),
            Column.text("First and last (UTC)"),
            Column.text("Log")),
        survey.patterns().stream().map(LogTable::row).toList(),
        survey.notes(),
        "No log was collected.");
  }

  private static Row row(LogPattern pattern) {
    return new Row(
        pattern.namespace(),
        List.of(
            level(pattern.level()),
            Cell.number(pattern.count()),
            Cell.name(pattern.cluster()),
            Cell.name(pattern.namespace() + "/" + pattern.writer()),
            Cell.name(
                pattern.count() == 1 ? Wording.cut(pattern.example(), LENGTH) : pattern.template()),
            Cell.of(times(pattern)),
            Cell.name(pattern.path())));
  }

  private static String times(LogPattern pattern) {
    var times =
        pattern.first().equals(pattern.last())
            ? pattern.first()
            : pattern.first() + "\n" + pattern.last();
    return times.replace('T', ' ');
  }

  private static Cell level(Level level) {
    return switch (level) {
      case ERROR -> Cell.marked("error", Tone.ERROR);
      case WARNING -> Cell.marked("warning", Tone.WARNING);
      case OTHER -> Cell.of("other");
    };
  }
}
