package io.bugreport.collector.redaction.rules;

import io.bugreport.model.resource.Node;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/// One rule as it is written, and what is wrong with it.
final class Declaration {
  private static final List<String> FIELDS =
      List.of("name", "files", "kinds", "fields", "pattern", "action");
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

  private final Node node;
  private final Problems problems;

  Declaration(Node node, Problems problems) {
    this.node = node;
    this.problems = problems;
  }

  /// The rule, or nothing where something is wrong with it.
  ///
  /// @param earlier the rules before it
  Optional<UserRule> rule(List<UserRule> earlier) {
    if (!(node instanceof Node.Mapping mapping)) {
      problems.add(node, "a rule with name, pattern or fields, and action is expected here");
      return Optional.empty();
    }
    var before = problems.all().size();
    mapping.fields().forEach(this::checkField);
    var name = text(mapping, "name");
    if (name == null) {
      problems.add(mapping, "the rule has no name");
    } else if (!NAME.matcher(name).matches()) {
      problems.add(mapping, "name: small letters, digits and hyphens are allowed, not " + name);
    } else if (earlier.stream().anyMatch(rule -> rule.name().equals(name))) {
      problems.add(mapping, "another rule is called " + name + " already");
    }
    var files = texts(mapping, "files").stream().map(UserRule::glob).toList();
    var fields = texts(mapping, "fields");
    var pattern = pattern(mapping);
    if (mapping.get("pattern") == null && fields.isEmpty()) {
      problems.add(mapping, "the rule needs a pattern or fields, else it replaces nothing");
    }
    var action = action(mapping);
    if (problems.all().size() > before || name == null) {
      return Optional.empty();
    }
    return Optional.of(
        new UserRule(
            name,
            files,
            texts(mapping, "kinds"),
            fields.isEmpty() ? null : UserRule.fieldNamed(fields),
            pattern,
            action));
  }

  private void checkField(String field, Node value) {
    if (!FIELDS.contains(field)) {
      var nearest =
          FIELDS.stream().min(Comparator.comparingInt(known -> distance(known, field))).orElse("");
      problems.add(
          value,
          "there is no field "
              + field
              + (distance(nearest, field) <= 3 ? "; is " + nearest + " meant?" : "")
              + " There are: "
              + String.join(", ", FIELDS)
              + ".");
    }
  }

  private @Nullable Pattern pattern(Node.Mapping mapping) {
    var text = text(mapping, "pattern");
    var where = mapping.get("pattern");
    if (text == null || where == null) {
      return null;
    }
    try {
      var pattern = Pattern.compile(text);
      if (pattern.matcher("").find()) {
        problems.add(where, "pattern: it fits nothing at all, too, so it would fit everywhere");
        return null;
      }
      if (Backtracking.isFound(pattern)) {
        problems.add(
            where,
            "pattern: it can take time without end, since a repetition holds another"
                + " repetition; write it with one, or with a possessive one such as [a-z]++");
        return null;
      }
      return pattern;
    } catch (PatternSyntaxException e) {
      problems.add(
          where,
          "pattern: "
              + e.getDescription().toLowerCase(Locale.ROOT)
              + (e.getIndex() < 0 ? "" : " at character " + (e.getIndex() + 1)));
      return null;
    }
  }

  private Action action(Node.Mapping mapping) {
    var text = text(mapping, "action");
    var where = mapping.get("action");
    if (text == null || where == null) {
      return Action.MASK;
    }
    for (var action : Action.values()) {
      if (action.name().toLowerCase(Locale.ROOT).equals(text)) {
        return action;
      }
    }
    problems.add(where, "action: there are mask, drop and hash, not " + text);
    return Action.MASK;
  }

  private @Nullable String text(Node.Mapping mapping, String field) {
    return switch (mapping.get(field)) {
      case null -> null;
      case Node.Scalar scalar when !scalar.text().isBlank() -> scalar.text();
      case Node other -> {
        problems.add(other, field + ": a text is expected");
        yield null;
      }
    };
  }

  private List<String> texts(Node.Mapping mapping, String field) {
    List<String> texts = new ArrayList<>();
    switch (mapping.get(field)) {
      case null -> {}
      case Node.Sequence list -> {
        for (var item : list.items()) {
          if (item instanceof Node.Scalar scalar && !scalar.text().isBlank()) {
            texts.add(scalar.text());
          } else {
            problems.add(item, field + ": a text is expected in the list");
          }
        }
      }
      case Node.Scalar scalar when !scalar.text().isBlank() -> texts.add(scalar.text());
      case Node other -> problems.add(other, field + ": a list of texts is expected");
    }
    return texts;
  }

  /// How many letters differ: Levenshtein's distance.
  private static int distance(String a, String b) {
    var row = new int[b.length() + 1];
    for (var j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (var i = 1; i <= a.length(); i++) {
      var diagonal = row[0];
      row[0] = i;
      for (var j = 1; j < row.length; j++) {
        var above = row[j];
        var same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        row[j] = Math.min(Math.min(above, row[j - 1]) + 1, diagonal + same);
        diagonal = above;
      }
    }
    return row[b.length()];
  }
}
