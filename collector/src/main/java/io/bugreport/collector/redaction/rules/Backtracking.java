package io.bugreport.collector.redaction.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Tries whether a pattern can be made to go back and forth without end, with texts made of its own
/// letters. What gets past this is stopped while it runs, see [Bounded].
final class Backtracking {
  private static final int LENGTH = 400;

  private Backtracking() {}

  static boolean isFound(Pattern pattern) {
    for (var probe : probes(pattern.pattern())) {
      try {
        var matcher = pattern.matcher(new Bounded(probe));
        while (matcher.find()) {
          if (matcher.end() == probe.length()) {
            break;
          }
        }
      } catch (Bounded.ExhaustedException _) {
        return true;
      } catch (StackOverflowError _) {
        return true; // alternatives in a repetition, which is the same fault
      }
    }
    return false;
  }

  private static List<String> probes(String pattern) {
    var letters = new ArrayList<>(List.of("a", "0", "A", " ", "-", ".", "a0", "a ", "ab"));
    pattern
        .chars()
        .filter(Character::isLetterOrDigit)
        .distinct()
        .limit(20)
        .forEach(c -> letters.add(Character.toString(c)));
    return letters.stream().map(unit -> unit.repeat(LENGTH / unit.length()) + "\u0001").toList();
  }
}
