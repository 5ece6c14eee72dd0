package io.bugreport.analyzers.schema;

import io.bugreport.model.resource.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a value may be: Kubernetes' OpenAPI v3 schemas with their rules. It is filled by one reader
/// and then only read.
///
/// See
/// https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#validation
final class Schema {
  /// What sort of value it is.
  enum Type {
    OBJECT("an object"),
    ARRAY("a list"),
    STRING("a string"),
    INTEGER("a whole number"),
    NUMBER("a number"),
    BOOLEAN("true or false"),
    INT_OR_STRING("a whole number or a string"),
    ANY("any value");

    private final String words;

    Type(String words) {
      this.words = words;
    }

    /// As in "must be a string".
    String words() {
      return words;
    }

    /// The type that a schema names, such as `object` or `int-or-string`.
    static Type of(String name) {
      return switch (name) {
        case "object" -> OBJECT;
        case "array" -> ARRAY;
        case "string" -> STRING;
        case "integer" -> INTEGER;
        case "number" -> NUMBER;
        case "boolean" -> BOOLEAN;
        case "int-or-string" -> INT_OR_STRING;
        default -> ANY;
      };
    }
  }

  /// Bounds, both inclusive; null where there is none.
  record Bounds(@Nullable Double least, @Nullable Double most) {
    static final Bounds NONE = new Bounds(null, null);

    boolean hold(double value) {
      return (least == null || value >= least) && (most == null || value <= most);
    }

    /// As in "must be at least 1 and at most 65535".
    String words() {
      if (least == null) {
        return "at most " + number(most);
      }
      return "at least " + number(least) + (most == null ? "" : " and at most " + number(most));
    }

    private static String number(@Nullable Double value) {
      return value == null || value != Math.rint(value)
          ? String.valueOf(value)
          : String.valueOf(Math.round(value));
    }
  }

  Type type = Type.ANY;
  boolean nullable;
  boolean open;
  boolean unique;
  List<String> keys = List.of();
  List<String> required = List.of();
  List<String> allowed = List.of();
  Bounds length = Bounds.NONE;
  Bounds range = Bounds.NONE;
  Bounds count = Bounds.NONE;
  String format = "";
  @Nullable Schema item;
  @Nullable Schema value;
  @Nullable Schema not;

  /// What the API server sets where there is none.
  @Nullable Node fallback;

  final List<Rule> rules = new ArrayList<>();
  final Map<String, Schema> fields = new LinkedHashMap<>();
  final List<Schema> all = new ArrayList<>();
  final List<Schema> any = new ArrayList<>();
  final List<Schema> one = new ArrayList<>();
  private @Nullable Pattern pattern;
  private String regex = "";

  void pattern(String text) {
    regex = text;
  }

  /// The regular expression that a text must contain, compiled when it is first needed; null where
  /// there is none.
  @Nullable Pattern pattern() {
    if (pattern == null && !regex.isEmpty()) {
      pattern = Pattern.compile(regex);
    }
    return pattern;
  }

  /// Whether it says nothing about what lies below, as a schema that takes everything does.
  boolean saysNothing() {
    return fields.isEmpty() && item == null && value == null;
  }
}
