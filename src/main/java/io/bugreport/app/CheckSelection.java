package io.bugreport.app;

import io.bugreport.model.check.CheckCatalogue;
import io.bugreport.model.check.CheckDefinition;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.stream.Stream;

/// Finds checks by what people call them: an id such as `route-to-unknown-host`, or a code such as
/// `IST0101`.
record CheckSelection(CheckCatalogue catalogue) {

  /// The check of this id, or all that report this code.
  ///
  /// @throws Failure when there is none
  List<CheckDefinition> named(String name) {
    var found =
        catalogue.checks().stream()
            .filter(
                check ->
                    check.id().equalsIgnoreCase(name)
                        || check.codes().stream().anyMatch(name::equalsIgnoreCase))
            .toList();
    if (found.isEmpty()) {
      throw new Failure(
          "no check has the id or code \"" + name + "\"" + suggestion(name),
          "Run 'bug-report checks' for the list.");
    }
    return found;
  }

  /// All checks that these names name; every check where there are no names.
  CheckCatalogue named(List<String> names) {
    if (names.isEmpty()) {
      return catalogue;
    }
    SequencedSet<CheckDefinition> found = new LinkedHashSet<>();
    names.forEach(name -> found.addAll(named(name)));
    return new CheckCatalogue(List.copyOf(found));
  }

  private String suggestion(String name) {
    var close =
        catalogue.checks().stream()
            .flatMap(check -> Stream.concat(Stream.of(check.id()), check.codes().stream()))
            .filter(known -> isClose(known, name))
            .distinct()
            .limit(3)
            .toList();
    return close.isEmpty() ? "" : "; did you mean " + String.join(" or ", close) + "?";
  }

  private static boolean isClose(String known, String name) {
    var shorter = Math.min(known.length(), name.length());
    var same = 0;
    while (same < shorter
        && Character.toLowerCase(known.charAt(same)) == Character.toLowerCase(name.charAt(same))) {
      same++;
    }
    return same >= 3 && same >= known.length() / 2;
  }
}
