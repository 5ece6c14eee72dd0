package io.bugreport.app;

import io.bugreport.model.finding.Conclusion.NotApplicable;
import io.bugreport.model.finding.Conclusion.NotEvaluated;
import io.bugreport.model.finding.Conclusion.Passed;
import io.bugreport.model.finding.Diagnosis;
import io.bugreport.model.finding.Finding;
import io.bugreport.model.finding.Severity;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Findings for people and for editors that jump to `file:line`: one line each, then what to do.
/// Fixes are said once for each check.
///
/// @param verbose name every check that was not applicable as well
record FindingsText(PrintWriter out, Style style, boolean verbose) {

  void print(Diagnosis diagnosis, long suppressed) {
    var findings = new ArrayList<Finding>();
    Map<String, List<Finding>> following = new HashMap<>();
    for (var finding : diagnosis.findings()) {
      if (finding.group() == null) {
        findings.add(finding);
      } else {
        following.computeIfAbsent(finding.group(), _ -> new ArrayList<>()).add(finding);
      }
    }
    for (var i = 0; i < findings.size(); i++) {
      var finding = findings.get(i);
      out.println(line(finding));
      for (var effect : orNone(following.remove(finding.name()))) {
        out.println("  follows: " + line(effect));
      }
      var isLastOfCheck =
          i == findings.size() - 1 || !findings.get(i + 1).check().equals(finding.check());
      if (isLastOfCheck) {
        finding.fix().lines().forEach(line -> out.println("    " + style.faint(line)));
        out.println("    " + style.faint("More: bug-report explain " + finding.code()));
      }
    }
    // Their cause is suppressed; they are not.
    following.values().stream()
        .flatMap(List::stream)
        .sorted(Finding.ORDER)
        .forEach(finding -> out.println(line(finding)));
    printUnseen(diagnosis);
    if (verbose) {
      diagnosis
          .all(NotApplicable.class)
          .forEach(n -> out.println("not applicable: " + n.check() + ": " + n.why()));
    }
    out.println(summary(diagnosis, suppressed));
  }

  private static List<Finding> orNone(@Nullable List<Finding> findings) {
    return findings == null ? List.of() : findings;
  }

  private String line(Finding finding) {
    var place =
        finding.evidence().isEmpty()
            ? ""
            : finding.evidence().getFirst().path()
                + ":"
                + finding.evidence().getFirst().line()
                + ": ";
    return place
        + style.severity(finding.severity())
        + " ["
        + finding.code()
        + "] "
        + style.bold(finding.resource().toString())
        + ": "
        + finding.message();
  }

  private void printUnseen(Diagnosis diagnosis) {
    var byReason = new TreeMap<String, List<String>>();
    for (var unseen : diagnosis.all(NotEvaluated.class)) {
      byReason
          .computeIfAbsent(FindingsOutput.reason(unseen), _ -> new ArrayList<>())
          .add(unseen.check());
    }
    byReason.forEach(
        (reason, checks) ->
            out.println("not evaluated: " + String.join(", ", checks) + ": " + reason));
  }

  private String summary(Diagnosis diagnosis, long suppressed) {
    List<String> parts = new ArrayList<>();
    for (var severity : Severity.values()) {
      var count = diagnosis.count(severity);
      if (count > 0) {
        parts.add(count + " " + severity.word());
      }
    }
    if (parts.isEmpty()) {
      parts.add("no findings");
    }
    if (suppressed > 0) {
      parts.add(suppressed + " suppressed");
    }
    return String.join(", ", parts)
        + "; of "
        + diagnosis.conclusions().size()
        + " checks "
        + diagnosis.all(Passed.class).size()
        + " passed, "
        + diagnosis.all(NotApplicable.class).size()
        + " did not apply, "
        + diagnosis.all(NotEvaluated.class).size()
        + " could not be evaluated";
  }
}
