package io.bugreport.analyzers;

import io.bugreport.model.check.CheckDefinition;
import io.bugreport.model.check.CheckRunner;
import io.bugreport.model.finding.Conclusion;
import io.bugreport.model.finding.Conclusion.Found;
import io.bugreport.model.finding.Conclusion.Gap;
import io.bugreport.model.finding.Conclusion.NotApplicable;
import io.bugreport.model.finding.Conclusion.NotEvaluated;
import io.bugreport.model.finding.Conclusion.Passed;
import io.bugreport.model.finding.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Collectors;

/// Holds what a check concludes about a fixture against what the fixture says.
final class Expectation {
  private Expectation() {}

  /// Fails where they differ, and says how to accept the new findings; or accepts them.
  static void check(CheckDefinition check, Fixture fixture, boolean update) throws IOException {
    String found;
    try (var snapshot = fixture.open()) {
      found = text(new CheckRunner(snapshot).run(check));
    }
    if (found.equals(fixture.findings())) {
      return;
    }
    if (update) {
      Files.writeString(fixture.path(), fixture.with(found));
      return;
    }
    throw new AssertionError(
        "Findings changed in "
            + fixture.path()
            + ". If the new ones are right: mvn -pl analyzers -am test -Dupdate=true\nexpected:\n"
            + fixture.findings()
            + "found:\n"
            + found);
  }

  /// A conclusion as fixtures write it, one line for each finding or gap.
  static String text(Conclusion conclusion) {
    return switch (conclusion) {
      case Found found ->
          found.findings().stream().map(Expectation::line).collect(Collectors.joining())
              + gaps(found.gaps());
      case Passed _ -> "passed\n";
      case NotApplicable none -> "not applicable: " + none.why() + "\n";
      case NotEvaluated blind -> gaps(blind.gaps());
    };
  }

  private static String gaps(List<Gap> gaps) {
    return gaps.stream()
        .map(gap -> "not evaluated: " + gap.what() + ": " + gap.why() + "\n")
        .collect(Collectors.joining());
  }

  private static String line(Finding finding) {
    var where = finding.evidence().getFirst();
    return where.path() + ":" + where.line() + " " + withoutPlace(finding) + "\n";
  }

  /// A finding without file and line, which change when documents change places.
  static String withoutPlace(Finding finding) {
    return finding.severity()
        + " "
        + finding.code()
        + " "
        + finding.resource()
        + ": "
        + finding.message();
  }
}
