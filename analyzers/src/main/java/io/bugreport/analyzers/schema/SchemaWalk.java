package io.bugreport.analyzers.schema;

import io.bugreport.analyzers.schema.Schema.Bounds;
import io.bugreport.model.resource.Field;
import io.bugreport.model.resource.Node;
import io.bugreport.model.resource.Node.Scalar;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/// Holds a value against its schema, as the API server does when the object is applied.
final class SchemaWalk {
  private static final int LONGEST_QUOTE = 60;

  private final List<Problem> problems = new ArrayList<>();

  /// Whether fields that the schema does not name are wrong: conditions only name those they are
  /// about.
  private final boolean naming;

  private SchemaWalk(boolean naming) {
    this.naming = naming;
  }

  /// Everything in a value that its schema does not allow.
  static List<Problem> problems(Schema schema, Field field) {
    var walk = new SchemaWalk(true);
    walk.value(schema, Place.of(field));
    return walk.problems;
  }

  private void wrong(Place place, String what) {
    problems.add(Problem.error(place.field(), place.shown() + " " + what + "."));
  }

  private void value(Schema schema, Place place) {
    if (isNull(place.node())) {
      return; // the API server takes it as not set
    }
    if (!fits(schema.type, place.node())) {
      wrong(place, "must be " + schema.type.words() + ", and is " + sort(place.node()));
      return;
    }
    var before = problems.size();
    switch (place.node()) {
      case Node.Mapping mapping -> object(schema, mapping, place);
      case Node.Sequence sequence -> list(schema, sequence, place);
      case Scalar scalar -> scalar(schema, scalar, place);
    }
    conditions(schema, place);
    if (problems.size() == before && !schema.rules.isEmpty()) {
      rules(schema, place); // they speak of what has the right form
    }
  }

  private void rules(Schema schema, Place place) {
    var self = SelfValue.of(schema, place.node());
    if (self != null) {
      schema.rules.stream()
          .filter(rule -> rule.isBrokenBy(self))
          .forEach(rule -> wrong(place, "breaks a rule of its definition: " + rule.words()));
    }
  }

  private void object(Schema schema, Node.Mapping mapping, Place place) {
    for (var name : schema.required) {
      if (isNull(mapping.get(name))) {
        wrong(place, "lacks the field " + name);
      }
    }
    if (!schema.count.hold(mapping.fields().size())) {
      wrong(place, "must have " + schema.count.words() + " fields");
    }
    for (var entry : mapping.fields().entrySet()) {
      var name = entry.getKey();
      var known = schema.fields.get(name);
      if (known != null) {
        value(known, place.field(name, entry.getValue()));
      } else if (schema.value != null) {
        value(schema.value, place.field(name, entry.getValue()));
      } else if (naming && !schema.open && !schema.fields.isEmpty()) {
        unknown(schema, name, place.field(name, entry.getValue()));
      }
    }
  }

  private void unknown(Schema schema, String name, Place place) {
    var meant = Similar.to(name, schema.fields.keySet());
    wrong(
        place,
        "is no field that is known here"
            + meant.map(other -> "; did you mean " + other + "?").orElse("")
            + meant.map(_ -> " It has no effect").orElse(", and has no effect"));
  }

  private void list(Schema schema, Node.Sequence sequence, Place place) {
    if (!schema.count.hold(sequence.items().size())) {
      wrong(place, "must have " + schema.count.words() + " items");
    }
    Set<List<String>> seen = new HashSet<>();
    for (var i = 0; i < sequence.items().size(); i++) {
      var item = sequence.items().get(i);
      if (schema.item != null) {
        value(schema.item, place.item(i, item));
      }
      if ((schema.unique || !schema.keys.isEmpty()) && !seen.add(key(schema, item))) {
        wrong(
            place.item(i, item),
            schema.unique
                ? "is there twice"
                : "has the same " + String.join(" and ", schema.keys) + " as an item before it");
      }
    }
  }

  private static List<String> key(Schema schema, Node item) {
    if (!(item instanceof Node.Mapping mapping)) {
      return List.of(item instanceof Scalar scalar ? scalar.text() : item.toString());
    }
    return schema.keys.stream()
        .map(name -> mapping.get(name) instanceof Scalar scalar ? scalar.text() : "")
        .toList();
  }

  private void scalar(Schema schema, Scalar scalar, Place place) {
    var text = scalar.text();
    if (!schema.allowed.isEmpty() && !schema.allowed.contains(text)) {
      var meant = Similar.to(text, schema.allowed);
      wrong(
          place,
          "is "
              + quoted(text)
              + meant.map(other -> "; did you mean " + other + "?").orElse("")
              + (meant.isPresent() ? " It must be " : " and must be ")
              + oneOf(schema.allowed));
      return;
    }
    if (scalar.type() == Scalar.Type.NUMBER) {
      number(schema, text, place);
    } else {
      text(schema, text, place);
    }
  }

  private void number(Schema schema, String text, Place place) {
    var range = schema.range.equals(Bounds.NONE) ? ofFormat(schema.format) : schema.range;
    try {
      if (!range.hold(Double.parseDouble(text))) {
        wrong(place, "is " + text + " and must be " + range.words());
      }
    } catch (NumberFormatException _) {
      // Other spellings, such as 0x1f, are the API server's to judge.
      return;
    }
  }

  private static Bounds ofFormat(String format) {
    return switch (format) {
      case "uint16" -> new Bounds(0.0, 65535.0);
      case "uint32" -> new Bounds(0.0, 4294967295.0);
      case "int32" -> new Bounds(-2147483648.0, 2147483647.0);
      default -> Bounds.NONE;
    };
  }

  private void text(Schema schema, String text, Place place) {
    var length = text.codePointCount(0, text.length());
    if (!schema.length.hold(length)) {
      wrong(
          place,
          text.isEmpty()
              ? "is empty"
              : "has " + length + " signs, allowed are " + schema.length.words());
      return;
    }
    try {
      var pattern = schema.pattern();
      if (pattern != null && !pattern.matcher(text).find()) {
        wrong(place, "is " + quoted(text) + ", which is not of the form " + pattern);
      }
    } catch (PatternSyntaxException | StackOverflowError _) {
      // The expression comes from a definition in the archive; what cannot be read limits nothing.
      return;
    }
  }

  private void conditions(Schema schema, Place place) {
    for (var part : schema.all) {
      var walk = new SchemaWalk(false);
      walk.value(part, place);
      problems.addAll(walk.problems);
    }
    if (!schema.any.isEmpty() && schema.any.stream().noneMatch(s -> fits(s, place))) {
      wrong(place, "fits none of what is allowed" + fields(schema.any));
    }
    if (!schema.one.isEmpty()) {
      var fitting = schema.one.stream().filter(s -> fits(s, place)).count();
      var present = present(schema.one, place);
      if ((fitting == 0 && present.size() > 1) || (fitting > 1 && !present.isEmpty())) {
        wrong(place, "may have only one of the fields " + String.join(", ", present));
      } else if (fitting != 1) {
        wrong(place, "fits not exactly one of what is allowed" + fields(schema.one));
      }
    }
    if (schema.not != null && fits(schema.not, place)) {
      wrong(place, "has a combination of fields that is not allowed");
    }
  }

  private static boolean fits(Schema schema, Place place) {
    var trial = new SchemaWalk(false);
    trial.value(schema, place);
    return trial.problems.isEmpty();
  }

  /// The fields that the alternatives ask for, of those that are there.
  private static List<String> present(List<Schema> alternatives, Place place) {
    return asked(alternatives).stream()
        .filter(name -> place.node() instanceof Node.Mapping m && !isNull(m.get(name)))
        .toList();
  }

  private static Set<String> asked(List<Schema> alternatives) {
    Set<String> asked = new LinkedHashSet<>();
    alternatives.forEach(alternative -> asked.addAll(alternative.required));
    return asked;
  }

  private static String fields(List<Schema> alternatives) {
    var asked = asked(alternatives);
    return asked.isEmpty() ? "" : ": one of the fields " + and(List.copyOf(asked));
  }

  private static boolean isNull(@Nullable Node node) {
    return node == null || (node instanceof Scalar scalar && scalar.type() == Scalar.Type.NULL);
  }

  private static boolean fits(Schema.Type type, Node node) {
    return switch (type) {
      case ANY -> true;
      case OBJECT -> node instanceof Node.Mapping;
      case ARRAY -> node instanceof Node.Sequence;
      case STRING -> is(node, Scalar.Type.STRING);
      case BOOLEAN -> is(node, Scalar.Type.BOOLEAN);
      case NUMBER -> is(node, Scalar.Type.NUMBER);
      case INTEGER -> isWhole(node);
      case INT_OR_STRING -> is(node, Scalar.Type.STRING) || isWhole(node);
    };
  }

  private static boolean is(Node node, Scalar.Type type) {
    return node instanceof Scalar scalar && scalar.type() == type;
  }

  private static boolean isWhole(Node node) {
    if (!(node instanceof Scalar scalar) || scalar.type() != Scalar.Type.NUMBER) {
      return false;
    }
    try {
      var number = Double.parseDouble(scalar.text());
      return number == Math.rint(number);
    } catch (NumberFormatException _) {
      return true; // 0x1f and the like
    }
  }

  private static String sort(Node node) {
    return switch (node) {
      case Node.Mapping _ -> "an object";
      case Node.Sequence _ -> "a list";
      case Scalar scalar ->
          switch (scalar.type()) {
            case STRING -> "the string " + quoted(scalar.text());
            case NUMBER -> "the number " + scalar.text();
            case BOOLEAN -> scalar.text();
            case NULL -> "null";
          };
    };
  }

  private static String quoted(String text) {
    return '"'
        + (text.length() > LONGEST_QUOTE ? text.substring(0, LONGEST_QUOTE) + "…" : text)
        + '"';
  }

  private static String oneOf(List<String> words) {
    return words.size() == 1 ? words.getFirst() : "one of " + String.join(", ", words);
  }

  private static String and(List<String> words) {
    return String.join(", ", words);
  }
}
