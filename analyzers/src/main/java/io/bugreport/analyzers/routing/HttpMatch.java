package io.bugreport.analyzers.routing;

import io.bugreport.model.resource.Field;
import io.bugreport.model.resource.Node;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// What an HTTP match by the beginning of the path asks for.
///
/// @param field the match
/// @param prefix the beginning of the path
record HttpMatch(Field field, String prefix) {
  /// What a match has to have in common with one that it covers, or not ask for at all.
  private static final List<String> LIMITS =
      List.of("gateways", "sourceLabels", "sourceNamespace", "scheme", "ignoreUriCase");

  private static final List<String> MAPS = List.of("headers", "queryParams", "withoutHeaders");

  /// A match by the beginning of the path; empty for other matches.
  static Optional<HttpMatch> byPrefix(Field match) {
    return match
        .field("uri.prefix")
        .map(Field::text)
        .filter(prefix -> !prefix.isEmpty())
        .map(prefix -> new HttpMatch(match, prefix));
  }

  /// Whether all requests of a later match, with a longer path, match this one already.
  boolean covers(HttpMatch later) {
    return !prefix.equals(later.prefix)
        && later.prefix.startsWith(prefix)
        && field.text("port").equals(later.field.text("port"))
        && LIMITS.stream().allMatch(limit -> isWiderBy(limit, later))
        && isWider(field.named("method"), later.field.named("method"))
        && isWider(field.named("authority"), later.field.named("authority"))
        && MAPS.stream().allMatch(map -> areWider(map, later));
  }

  private boolean isWiderBy(String limit, HttpMatch later) {
    var own = field.named(limit);
    return own.isEmpty()
        || later
            .field
            .named(limit)
            .map(other -> canonical(own.get(), "").equals(canonical(other, "")))
            .orElse(false);
  }

  /// Compares what is asked of headers or parameters of the same names.
  private boolean areWider(String map, HttpMatch later) {
    var own = strings(field, map);
    var other = strings(later.field, map);
    return own.keySet().equals(other.keySet())
        && own.entrySet().stream()
            .allMatch(
                e ->
                    map.equals("withoutHeaders")
                        ? canonical(e.getValue(), "")
                            .equals(canonical(other.getOrDefault(e.getKey(), field), ""))
                        : isWider(
                            Optional.of(e.getValue()), Optional.ofNullable(other.get(e.getKey()))));
  }

  private static TreeMap<String, Field> strings(Field match, String map) {
    var strings = new TreeMap<String, Field>();
    for (var value : match.fields(map + ".*")) {
      strings.put(value.path().substring(match.path().length()), value);
    }
    return strings;
  }

  /// Whether a condition on a string holds wherever another one does.
  private static boolean isWider(Optional<Field> condition, Optional<Field> other) {
    if (condition.isEmpty()) {
      return true;
    }
    if (other.isEmpty()) {
      return false;
    }
    if (canonical(condition.get(), "").equals(canonical(other.get(), ""))) {
      return true;
    }
    var beginning = condition.get().text("prefix");
    return !beginning.isEmpty()
        && (other.get().text("exact").startsWith(beginning)
            || other.get().text("prefix").startsWith(beginning));
  }

  /// A value as text, the same for all orders of fields.
  ///
  /// @param without a field that does not count, or empty
  static String canonical(Field value, String without) {
    return switch (value.node()) {
      case Node.Scalar scalar -> quoted(scalar.text());
      case Node.Sequence _ ->
          "["
              + String.join(",", value.children().stream().map(c -> canonical(c, "")).toList())
              + "]";
      case Node.Mapping mapping -> {
        var fields = new TreeMap<String, String>();
        mapping
            .fields()
            .forEach(
                (name, node) -> {
                  if (!name.equals(without)) {
                    fields.put(name, canonical(new Field("", "", node), ""));
                  }
                });
        yield "{"
            + String.join(
                ",",
                fields.entrySet().stream()
                    .map(e -> quoted(e.getKey()) + ":" + e.getValue())
                    .toList())
            + "}";
      }
    };
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }
}
