package io.bugreport.model.finding;

import java.util.List;

/// What one check concludes. A check that could not see says so; it never passes for that.
public sealed interface Conclusion {

  /// The check's id.
  String check();

  /// It found something. What it could not see besides is in the gaps.
  record Found(String check, List<Finding> findings, List<Gap> gaps) implements Conclusion {
    public Found {
      findings = List.copyOf(findings);
      gaps = List.copyOf(gaps);
    }
  }

  /// It saw everything it wanted to see, and all of it is well.
  record Passed(String check) implements Conclusion {}

  /// The mesh has nothing of what it looks at.
  record NotApplicable(String check, String why) implements Conclusion {}

  /// It could not see enough to say that all is well.
  record NotEvaluated(String check, List<Gap> gaps) implements Conclusion {
    public NotEvaluated {
      gaps = List.copyOf(gaps);
      if (gaps.isEmpty()) {
        throw new IllegalArgumentException(check + " was not evaluated for no reason");
      }
    }
  }

  /// Something that a check wanted to see and could not.
  ///
  /// @param what the item's id, or the kind of evidence
  /// @param why the reason in the archive
  record Gap(String what, String why) {}
}
