package io.bugreport.app;

import io.bugreport.collector.redaction.Seen;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.TreeMap;

/// Gathers what rules would replace, by rule and path, and tells it as a page of its own: how
/// often, how long, and the shape of what stands around the first. Never a value.
final class RedactionPreview implements Seen {
  /// More would not be read; memory does not grow with the archive.
  private static final int MOST_ROWS = 5000;

  private static final String STYLE =
      "body{font:14px/1.5 system-ui,sans-serif;margin:2em;max-width:80em}"
          + "table{border-collapse:collapse;width:100%}"
          + "th,td{text-align:left;padding:.25em .75em;border-bottom:1px solid #ccc;vertical-align:top}"
          + "td.n{text-align:right}code{font:12px/1.5 ui-monospace,monospace;overflow-wrap:anywhere}";

  private record Place(String rule, String path) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      var byRule = rule.compareTo(other.rule);
      return byRule != 0 ? byRule : path.compareTo(other.path);
    }
  }

  private record Values(long count, int shortest, int longest, String around) {
    Values and(int bytes) {
      return new Values(count + 1, Math.min(shortest, bytes), Math.max(longest, bytes), around);
    }
  }

  private final TreeMap<Place, Values> places = new TreeMap<>();
  private long more;

  @Override
  public synchronized void value(String rule, String path, int bytes, String around) {
    var place = new Place(rule, path);
    if (!places.containsKey(place) && places.size() == MOST_ROWS) {
      more++;
      return;
    }
    places.merge(place, new Values(1, bytes, bytes, around), (old, _) -> old.and(bytes));
  }

  /// How many values would be replaced.
  synchronized long values() {
    return more + places.values().stream().mapToLong(Values::count).sum();
  }

  /// The page.
  ///
  /// @param archive what it is about
  synchronized String html(String archive) {
    var html =
        new StringBuilder("<!doctype html>\n<html lang=\"en\"><meta charset=\"utf-8\">")
            .append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';")
            .append(" style-src 'sha256-")
            .append(hash(STYLE))
            .append("'\">\n<title>What redaction would change</title>\n<style>")
            .append(STYLE)
            .append("</style>\n<h1>What redaction would change in ")
            .append(escaped(archive))
            .append("</h1>\n<p>")
            .append(values())
            .append(
                " values. The last column is the shape of what stands around the first of them:"
                    + " x for a letter, 9 for a digit, … for the value.</p>\n<table>\n<tr><th>Rule"
                    + "<th>File<th>Values<th>Bytes<th>Around the first</tr>\n");
    places.forEach((place, values) -> row(html, place, values));
    html.append("</table>\n");
    if (more > 0) {
      html.append("<p>").append(more).append(" more values in files that are not listed.</p>\n");
    }
    return html.append("</html>\n").toString();
  }

  private static void row(StringBuilder html, Place place, Values values) {
    html.append("<tr><td>")
        .append(escaped(place.rule()))
        .append("<td><code>")
        .append(escaped(place.path()))
        .append("</code><td class=\"n\">")
        .append(values.count())
        .append("<td class=\"n\">")
        .append(values.shortest());
    if (values.longest() > values.shortest()) {
      html.append("–").append(values.longest());
    }
    html.append("<td><code>").append(escaped(values.around())).append("</code></tr>\n");
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  private static String hash(String text) {
    try {
      var sha = MessageDigest.getInstance("SHA-256");
      return Base64.getEncoder().encodeToString(sha.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
