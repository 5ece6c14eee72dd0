package io.bugreport.report.view;

import io.bugreport.report.timeline.Moment;
import io.bugreport.report.view.Table.Cell;
import io.bugreport.report.view.Table.Column;
import io.bugreport.report.view.Table.Row;
import java.util.List;

/// The rows of the timeline's picture.
final class TimelineTable {
  private static final int LENGTH = 300;

  private TimelineTable() {}

  static Table of(List<Moment> moments, List<String> notes) {
    return new Table(
        "moments",
        "What happened when, newest first",
        List.of(
            Column.text("Time (UTC)"),
            Column.text("Sort"),
            Column.text("Cluster"),
            Column.text("Object"),
            Column.text("What"),
            Column.number("Times")),
        moments.stream().map(TimelineTable::row).toList(),
        notes,
        "The snapshot tells of no time at which anything happened.");
  }

  private static Row row(Moment moment) {
    return new Row(
        moment.namespace(),
        List.of(
            Cell.of(Wording.time(moment.time())),
            Cell.marked(moment.lane().title(), moment.bad() ? Tone.WARNING : Tone.PLAIN),
            Cell.name(moment.cluster()),
            Cell.name(moment.object()),
            Cell.of(Wording.cut(moment.what(), LENGTH)),
            Cell.number(moment.count())));
  }
}
