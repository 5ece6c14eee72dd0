package io.bugreport.report.view;

import io.bugreport.model.check.CheckCatalogue;
import io.bugreport.model.check.CheckDefinition;
import io.bugreport.model.finding.Conclusion;
import io.bugreport.model.finding.Conclusion.Found;
import io.bugreport.model.finding.Conclusion.NotApplicable;
import io.bugreport.model.finding.Conclusion.NotEvaluated;
import io.bugreport.model.finding.Conclusion.Passed;
import io.bugreport.model.finding.Diagnosis;
import io.bugreport.report.view.Table.Cell;
import io.bugreport.report.view.Table.Column;
import io.bugreport.report.view.Table.Row;
import java.util.Comparator;
import java.util.List;

/// What every check concludes: found, not evaluated, passed, not applicable.
final class CheckTable {
  private CheckTable() {}

  static Table of(Diagnosis diagnosis, CheckCatalogue catalogue) {
    return new Table(
        "checks",
        "Checks",
        List.of(
            Column.text("Conclusion"),
            Column.text("Check"),
            Column.text("Codes"),
            Column.text("Looks for"),
            Column.text("Why")),
        diagnosis.conclusions().stream()
            .sorted(Comparator.comparingInt(CheckTable::rank).thenComparing(Conclusion::check))
            .map(conclusion -> row(conclusion, catalogue))
            .toList(),
        List.of(),
        "No check was run.");
  }

  private static int rank(Conclusion conclusion) {
    return switch (conclusion) {
      case Found _ -> 0;
      case NotEvaluated _ -> 1;
      case Passed _ -> 2;
      case NotApplicable _ -> 3;
    };
  }

  private static Row row(Conclusion conclusion, CheckCatalogue catalogue) {
    var check = catalogue.find(conclusion.check());
    return new Row(
        "",
        List.of(
            verdict(conclusion),
            Cell.name(conclusion.check()),
            Cell.name(check.map(c -> String.join(" ", c.codes())).orElse("")),
            Cell.of(check.map(CheckDefinition::title).orElse("")),
            Cell.of(why(conclusion))));
  }

  private static Cell verdict(Conclusion conclusion) {
    return switch (conclusion) {
      case Found found ->
          Cell.marked(
              Wording.count(found.findings().size(), "finding"),
              found.findings().isEmpty()
                  ? Tone.PLAIN
                  : Tone.of(found.findings().getFirst().severity()));
      case NotEvaluated _ -> Cell.marked("not evaluated", Tone.UNKNOWN);
      case Passed _ -> Cell.marked("passed", Tone.GOOD);
      case NotApplicable _ -> Cell.of("not applicable");
    };
  }

  private static String why(Conclusion conclusion) {
    return switch (conclusion) {
      case Found found when !found.gaps().isEmpty() ->
          "saw only a part: " + Wording.gaps(found.gaps());
      case Found _, Passed _ -> "";
      case NotApplicable(_, var why) -> why;
      case NotEvaluated(_, var gaps) -> Wording.gaps(gaps);
    };
  }
}
