package io.bugreport.collector.redaction;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A Kubernetes Secret where others are not expected: as text in an annotation, in a ConfigMap, in
/// a Helm manifest, in an answer of another API. Keys and sizes stay, values go. (Files of Secrets
/// are the [SecretManifest]'s.)
final class EmbeddedSecret implements Rule {
  /// How far from its values the kind of an object is looked for.
  private static final int LONGEST_WAY = 3000;

  @Override
  public String name() {
    return "secret-value";
  }

  @Override
  public List<String> triggers() {
    return List.of("stringdata", "data\"", "data\\", "data:", "data'");
  }

  @Override
  public @Nullable Span find(Window window, int from, int to) {
    var string = window.startsWith(from, "stringData");
    if (!string && !window.startsWith(from, "data")) {
      return null;
    }
    var nameTo = string ? to : from + "data".length();
    if (isInsideName(window, from) || Bytes.NAME.has(window.at(nameTo))) {
      return null;
    }
    var group = Member.after(window, from, nameTo);
    if (group == null || (group.members().isEmpty() && group.whole())) {
      return null;
    }
    if (!string && !isSecret(window, from, group.to())) {
      return null;
    }
    return group.whole() ? values(window, group, !string) : group.all();
  }

  private static boolean isInsideName(Window window, int from) {
    return Bytes.NAME.has(window.at(from - 1))
        && !(window.at(from - 2) == '\\' && window.at(from - 1) == 'n')
        && !(window.at(from - 1) == '-' && window.at(from - 2) == ' ');
  }

  private static @Nullable Span values(Window window, Member.Group group, boolean base64) {
    var spans = new ArrayList<Span>();
    for (var member : group.members()) {
      var text = member.text(window);
      if (text.isEmpty() || Marker.is(text) || text.equals("null")) {
        continue;
      }
      var value = new SecretValue(base64);
      text.chars().forEach(c -> value.add((byte) c));
      spans.add(member.redacted(value.marker()));
    }
    return Span.all(spans);
  }

  /// Whether the object that the values are in is a Secret.
  private static boolean isSecret(Window window, int from, int to) {
    var line = Line.of(window, from);
    if (line == null || window.at(from - 1) == '"') {
      return inFlow(window, from, to);
    }
    return kindAhead(window, to, line) || kindBehind(window, from, line);
  }

  private static boolean inFlow(Window window, int from, int to) {
    var depth = 0;
    for (var at = to; at < Math.min(window.high(), to + LONGEST_WAY) && depth >= 0; at++) {
      depth += depthOf(window.at(at));
      if (depth == 0 && isKind(window, at)) {
        return true;
      }
    }
    depth = 0;
    for (var at = from - 1; at >= Math.max(window.low(), from - LONGEST_WAY) && depth >= 0; at--) {
      depth -= depthOf(window.at(at));
      if (depth == 0 && isKind(window, at)) {
        return true;
      }
    }
    return false;
  }

  private static int depthOf(int c) {
    return c == '{' ? 1 : c == '}' ? -1 : 0;
  }

  private static boolean isKind(Window window, int at) {
    if (!window.startsWith(at, "kind")) {
      return false;
    }
    var to = at + "kind".length();
    to += Value.quoteLength(window, to);
    if (window.at(to) != ':') {
      return false;
    }
    to = window.skip(to + 1, Bytes.BLANK, 8);
    to += Value.quoteLength(window, to);
    return window.startsWith(to, "Secret") && !Bytes.NAME.has(window.at(to + "Secret".length()));
  }

  private static boolean kindAhead(Window window, int to, Line line) {
    var most = Math.min(window.high(), to + LONGEST_WAY);
    var at = to;
    while (at < most) {
      var start = line.next(window.bytes(), at, most);
      var name = window.skip(start, Bytes.BLANK);
      if (start >= most || name - start < line.indent() || window.startsWith(name, "---")) {
        return false;
      }
      if (name - start == line.indent() && isKind(window, name)) {
        return true;
      }
      at = start;
    }
    return false;
  }

  private static boolean kindBehind(Window window, int from, Line line) {
    var least = Math.max(window.low(), from - LONGEST_WAY);
    for (var at = from - 1; at >= least; at--) {
      if (window.startsWith(at, "---") && isLine(window, at, 0)) {
        return false;
      }
      if (isKind(window, at) && isLine(window, at, line.indent())) {
        return true;
      }
    }
    return false;
  }

  private static boolean isLine(Window window, int at, int indent) {
    var line = Line.of(window, at);
    return line != null && line.indent() == indent;
  }
}
