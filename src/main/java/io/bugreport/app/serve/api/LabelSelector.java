package io.bugreport.app.serve.api;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// A `labelSelector` as Kubernetes reads it: `a=b`, `a!=b`, `a in (b,c)`, `a notin (b,c)`, `a`,
/// `!a`, `a>1`, `a<1`, all of which must hold.
record LabelSelector(List<Requirement> requirements) {
  private static final String KEY = "([A-Za-z0-9][-A-Za-z0-9_./]*)";
  private static final Pattern SET = Pattern.compile(KEY + "\\s+(in|notin)\\s*\\(([^()]*)\\)");
  private static final Pattern COMPARED =
      Pattern.compile(KEY + "\\s*(==|=|!=|>|<)\\s*([-A-Za-z0-9_.]*)");
  private static final Pattern EXISTS = Pattern.compile("(!?)\\s*" + KEY);

  /// How a label is compared.
  enum Operator {
    IN,
    NOT_IN,
    EXISTS,
    ABSENT,
    GREATER,
    LESS
  }

  /// One condition on one label.
  record Requirement(String key, Operator operator, Set<String> values) {
    Requirement {
      values = Set.copyOf(values);
    }

    boolean matches(JsonNode labels) {
      var label = labels.path(key);
      var text = label.asString("");
      return switch (operator) {
        case IN -> !label.isMissingNode() && values.contains(text);
        case NOT_IN -> label.isMissingNode() || !values.contains(text);
        case EXISTS -> !label.isMissingNode();
        case ABSENT -> label.isMissingNode();
        case GREATER -> compared(text) > 0;
        case LESS -> compared(text) < 0;
      };
    }

    private int compared(String text) {
      var limit = values.iterator().next();
      return text.matches("-?\\d{1,40}")
          ? new BigInteger(text).compareTo(new BigInteger(limit))
          : 0;
    }
  }

  LabelSelector {
    requirements = List.copyOf(requirements);
  }

  /// Reads a selector; an empty one holds for all.
  static LabelSelector parse(String text) throws ApiError {
    List<Requirement> requirements = new ArrayList<>();
    for (var part : parts(text)) {
      if (!part.isEmpty()) {
        requirements.add(requirement(part));
      }
    }
    return new LabelSelector(requirements);
  }

  private static List<String> parts(String text) {
    List<String> parts = new ArrayList<>();
    var depth = 0;
    var start = 0;
    for (var i = 0; i < text.length(); i++) {
      switch (text.charAt(i)) {
        case '(' -> depth++;
        case ')' -> depth--;
        case ',' -> {
          if (depth <= 0) {
            parts.add(text.substring(start, i).strip());
            start = i + 1;
          }
        }
        default -> {}
      }
    }
    parts.add(text.substring(start).strip());
    return parts;
  }

  private static Requirement requirement(String part) throws ApiError {
    var set = SET.matcher(part);
    if (set.matches()) {
      List<String> values = new ArrayList<>();
      for (var value : set.group(3).split(",", -1)) {
        values.add(value.strip());
      }
      return new Requirement(
          set.group(1),
          set.group(2).toLowerCase(Locale.ROOT).equals("in") ? Operator.IN : Operator.NOT_IN,
          Set.copyOf(new java.util.HashSet<>(values)));
    }
    var compared = COMPARED.matcher(part);
    if (compared.matches()) {
      var value = compared.group(3);
      var operator =
          switch (compared.group(2)) {
            case "!=" -> Operator.NOT_IN;
            case ">" -> Operator.GREATER;
            case "<" -> Operator.LESS;
            default -> Operator.IN;
          };
      if ((operator == Operator.GREATER || operator == Operator.LESS)
          && !value.matches("-?\\d{1,40}")) {
        throw ApiError.badRequest(
            "unable to parse requirement: \"" + part + "\" does not compare with a number");
      }
      return new Requirement(compared.group(1), operator, Set.of(value));
    }
    var exists = EXISTS.matcher(part);
    if (exists.matches()) {
      return new Requirement(
          exists.group(2), exists.group(1).isEmpty() ? Operator.EXISTS : Operator.ABSENT, Set.of());
    }
    throw ApiError.badRequest("unable to parse requirement: \"" + part + "\"");
  }

  boolean matches(JsonNode object) {
    var labels = JsonText.at(object, "metadata", "labels");
    return requirements.stream().allMatch(requirement -> requirement.matches(labels));
  }
}
