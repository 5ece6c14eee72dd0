package io.bugreport.app;

import io.bugreport.model.finding.Conclusion;
import io.bugreport.model.finding.Diagnosis;
import io.bugreport.model.finding.Finding;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// Findings that the user knows and does not want to see: one code, on objects whose `Kind
/// namespace/name` a pattern matches. In it `*` stands for any text and `?` for one character.
///
/// @param code as in the finding
/// @param resources the pattern
record Suppression(String code, Pattern resources) implements Predicate<Finding> {

  /// Reads `CODE=GLOB`.
  static Suppression parse(String text) {
    var equals = text.indexOf('=');
    if (equals < 1 || equals == text.length() - 1) {
      throw new Failure(
          "--suppress " + text + " is not CODE=GLOB",
          "For example: --suppress 'IST0101=VirtualService bookinfo/*'");
    }
    return new Suppression(text.substring(0, equals), glob(text.substring(equals + 1)));
  }

  private static Pattern glob(String glob) {
    var regex = new StringBuilder();
    glob.chars()
        .forEach(
            c ->
                regex.append(
                    switch (c) {
                      case '*' -> ".*";
                      case '?' -> ".";
                      default -> Pattern.quote(Character.toString(c));
                    }));
    return Pattern.compile(regex.toString());
  }

  @Override
  public boolean test(Finding finding) {
    return finding.code().equalsIgnoreCase(code)
        && resources.matcher(finding.resource().toString()).matches();
  }

  /// A diagnosis without the findings that these suppress.
  static Diagnosis without(Diagnosis diagnosis, List<Predicate<Finding>> suppressions) {
    return new Diagnosis(
        diagnosis.conclusions().stream().map(c -> without(c, suppressions)).toList());
  }

  private static Conclusion without(Conclusion conclusion, List<Predicate<Finding>> suppressions) {
    if (!(conclusion instanceof Conclusion.Found(var check, var findings, var gaps))) {
      return conclusion;
    }
    var left =
        findings.stream().filter(f -> suppressions.stream().noneMatch(s -> s.test(f))).toList();
    if (!left.isEmpty()) {
      return new Conclusion.Found(check, left, gaps);
    }
    return gaps.isEmpty() ? new Conclusion.Passed(check) : new Conclusion.NotEvaluated(check, gaps);
  }
}
