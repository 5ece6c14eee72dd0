package io.bugreport.collector.redaction.rules;

import io.bugreport.model.archive.Layout;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A rule of the user's own.
///
/// @param name as in counts
/// @param files patterns of entries' paths, one of which must fit; none for all entries
/// @param kinds kinds of Kubernetes objects, whose files alone it is for; none for all files
/// @param field finds a named field and its value in the first group that took part; null for all
///   text
/// @param pattern what of a text is replaced; null for a field's whole value
/// @param action what becomes of it
record UserRule(
    String name,
    List<Pattern> files,
    List<String> kinds,
    @Nullable Pattern field,
    @Nullable Pattern pattern,
    Action action) {

  UserRule {
    files = List.copyOf(files);
    kinds = List.copyOf(kinds);
    if (field == null && pattern == null) {
      throw new IllegalArgumentException("A rule needs fields or a pattern");
    }
  }

  /// Whether it is for an entry.
  boolean isFor(String path) {
    return (files.isEmpty() || files.stream().anyMatch(glob -> glob.matcher(path).matches()))
        && (kinds.isEmpty() || isOfKind(path));
  }

  private boolean isOfKind(String path) {
    return Layout.objectFile(path)
        .map(file -> kinds.stream().anyMatch(kind -> plural(kind).equals(file.plural())))
        .orElse(false);
  }

  /// As Kubernetes makes plurals.
  private static String plural(String kind) {
    var lower = kind.toLowerCase(Locale.ROOT);
    if (lower.endsWith("s") || lower.endsWith("x") || lower.endsWith("ch")) {
      return lower.endsWith("endpoints") ? lower : lower + "es";
    }
    return lower.matches(".*[^aeiou]y") && !lower.endsWith("gateway")
        ? lower.substring(0, lower.length() - 1) + "ies"
        : lower + "s";
  }

  /// A glob of paths: `*` is anything within a name, `**` anything, `?` a character.
  static Pattern glob(String text) {
    var regex = new StringBuilder();
    for (var i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      if (text.startsWith("**/", i)) {
        regex.append("(?:[^/]+/)*+");
        i += 2;
      } else if (text.startsWith("**", i)) {
        regex.append(".*");
        i++;
      } else if (c == '*') {
        regex.append("[^/]*");
      } else if (c == '?') {
        regex.append("[^/]");
      } else {
        regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    return Pattern.compile(regex.toString());
  }

  /// Finds these names with their values, in JSON, YAML, and as `name=value`.
  static Pattern fieldNamed(List<String> names) {
    var alternatives = String.join("|", names.stream().map(Pattern::quote).toList());
    return Pattern.compile(
        "(?<![\\w.-])(?:"
            + alternatives
            + ")(?![\\w.-])[\"'\\\\]{0,8}(?:"
            + "[ \\t]{0,8}[:=][ \\t]{0,8}(?:\\\\{0,7}\"([^\"\\\\]*+)|'([^']*+))"
            // after a colon and a blank, to the end of the line
            + "|:[ \\t]{1,8}([^\\s,;&\"'{}\\[\\]|>\\\\][^,;&\"'{}\\[\\]\\r\\n\\\\]*+)"
            + "|[ \\t]{0,8}[:=]([^\\s,;&\"'{}\\[\\]|>\\\\][^\\s,;&\"'{}\\[\\]\\\\]*+))");
  }
}
