package io.bugreport.report.view;

import io.bugreport.model.finding.Conclusion;
import io.bugreport.model.finding.Conclusion.Found;
import io.bugreport.model.finding.Conclusion.NotApplicable;
import io.bugreport.model.finding.Conclusion.NotEvaluated;
import io.bugreport.model.finding.Conclusion.Passed;
import io.bugreport.model.finding.Diagnosis;
import io.bugreport.model.finding.Severity;
import java.util.ArrayList;
import java.util.List;

/// The diagnosis in numbers and in one sentence.
///
/// @param partly checks that found something and could not see everything
public record Summary(
    long critical,
    long errors,
    long warnings,
    long infos,
    long found,
    long passed,
    long notApplicable,
    long notEvaluated,
    long partly) {

  /// A part of the verdict.
  ///
  /// @param tone what it stands out in
  public record Phrase(String text, Tone tone) {}

  public static Summary of(Diagnosis diagnosis) {
    var found = diagnosis.all(Found.class);
    return new Summary(
        diagnosis.count(Severity.CRITICAL),
        diagnosis.count(Severity.ERROR),
        diagnosis.count(Severity.WARNING),
        diagnosis.count(Severity.INFO),
        found.size(),
        diagnosis.all(Passed.class).size(),
        diagnosis.all(NotApplicable.class).size(),
        diagnosis.all(NotEvaluated.class).size(),
        found.stream().filter(f -> !f.gaps().isEmpty()).count());
  }

  public long problems() {
    return critical + errors;
  }

  public long checks() {
    return found + passed + notApplicable + notEvaluated;
  }

  /// How the page as a whole is toned. It is good only where something was seen and nothing found.
  public Tone tone() {
    if (critical > 0) {
      return Tone.CRITICAL;
    }
    if (errors > 0) {
      return Tone.ERROR;
    }
    if (warnings > 0) {
      return Tone.WARNING;
    }
    return notEvaluated > 0 || passed == 0 ? Tone.UNKNOWN : Tone.GOOD;
  }

  /// The verdict, to be joined by semicolons.
  public List<Phrase> verdict() {
    List<Phrase> phrases = new ArrayList<>();
    if (checks() == 0) {
      return List.of(new Phrase("No check was run, so nothing is known", Tone.UNKNOWN));
    }
    if (problems() > 0) {
      phrases.add(
          new Phrase(
              Wording.count(problems(), "problem")
                  + (problems() == 1 ? " needs" : " need")
                  + " attention",
              tone()));
    }
    if (warnings > 0) {
      phrases.add(new Phrase(Wording.count(warnings, "warning"), Tone.WARNING));
    }
    if (phrases.isEmpty()) {
      phrases.add(new Phrase("No problem was found", tone()));
    }
    phrases.add(
        new Phrase(
            passed == 0
                ? "no check could say that all is well"
                : Wording.count(passed, "check") + " found nothing",
            Tone.PLAIN));
    if (notEvaluated > 0) {
      phrases.add(
          new Phrase(Wording.number(notEvaluated) + " could not be evaluated", Tone.UNKNOWN));
    }
    if (partly > 0) {
      phrases.add(new Phrase(Wording.number(partly) + " saw only a part", Tone.UNKNOWN));
    }
    return phrases;
  }

  /// The verdict as one sentence.
  public String sentence() {
    return String.join("; ", verdict().stream().map(Phrase::text).toList()) + ".";
  }

  /// What a conclusion could not see.
  static List<Conclusion.Gap> gaps(Conclusion conclusion) {
    return switch (conclusion) {
      case Found found -> found.gaps();
      case NotEvaluated blind -> blind.gaps();
      case Passed _, NotApplicable _ -> List.of();
    };
  }
}
