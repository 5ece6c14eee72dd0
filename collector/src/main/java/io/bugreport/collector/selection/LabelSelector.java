package io.bugreport.collector.selection;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Kubernetes' label selectors, as `kubectl -l` takes them: `app=web,tier!=db`, `env in (a,b)`,
/// `env notin (a)`, `canary`, `!canary`. All requirements must hold.
public final class LabelSelector {
  private static final String KEY = "[A-Za-z0-9][-A-Za-z0-9._/]*";
  private static final String VALUE = "[-A-Za-z0-9._]*";
  private static final Pattern EQUALITY =
      Pattern.compile("(" + KEY + ")\\s*(=|==|!=)\\s*(" + VALUE + ")");
  private static final Pattern MEMBERSHIP =
      Pattern.compile("(" + KEY + ")\\s+(in|notin)\\s+\\(([-A-Za-z0-9._,\\s]*)\\)");
  private static final Pattern EXISTENCE = Pattern.compile("(!?)\\s*(" + KEY + ")");

  private final List<Predicate<Map<String, String>>> requirements;

  private LabelSelector(List<Predicate<Map<String, String>>> requirements) {
    this.requirements = List.copyOf(requirements);
  }

  /// Takes everything.
  public static LabelSelector any() {
    return new LabelSelector(List.of());
  }

  /// Reads a selector.
  ///
  /// @throws IllegalArgumentException with a sentence for the user when it is none
  public static LabelSelector parse(String text) {
    List<Predicate<Map<String, String>>> requirements = new ArrayList<>();
    for (var part : split(text)) {
      requirements.add(requirement(part.strip()));
    }
    return new LabelSelector(requirements);
  }

  /// Cuts at commas outside of parentheses.
  private static List<String> split(String text) {
    return text.isBlank() ? List.of() : Arrays.asList(text.split(",(?![^(]*\\))", -1));
  }

  private static Predicate<Map<String, String>> requirement(String part) {
    var equality = EQUALITY.matcher(part);
    if (equality.matches()) {
      var key = equality.group(1);
      var value = equality.group(3);
      return equality.group(2).equals("!=")
          ? labels -> !value.equals(labels.get(key))
          : labels -> value.equals(labels.get(key));
    }
    var membership = MEMBERSHIP.matcher(part);
    if (membership.matches()) {
      var key = membership.group(1);
      Set<String> values =
          Arrays.stream(membership.group(3).split(",", -1))
              .map(String::strip)
              .collect(Collectors.toSet());
      return membership.group(2).equals("in")
          ? labels -> labels.containsKey(key) && values.contains(labels.get(key))
          : labels -> !labels.containsKey(key) || !values.contains(labels.get(key));
    }
    var existence = EXISTENCE.matcher(part);
    if (existence.matches()) {
      var wanted = existence.group(1).isEmpty();
      var key = existence.group(2);
      return labels -> labels.containsKey(key) == wanted;
    }
    throw new IllegalArgumentException(
        "\""
            + part
            + "\" is no label selector; write key=value, key!=value, key, !key or key in (a,b)");
  }

  boolean matches(Map<String, String> labels) {
    return requirements.stream().allMatch(requirement -> requirement.test(labels));
  }
}
