package io.bugreport.collector.redaction;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The private parts of a JSON Web Key (RFC 7518, sections 6.2.2, 6.3.2, 6.4.1). The public ones,
/// which checks compare, stay.
final class JwkMember implements Rule {
  private static final List<String> PRIVATE =
      List.of("d", "p", "q", "dp", "dq", "qi", "k", "t", "r");
  private static final Pattern MATERIAL = Pattern.compile("[A-Za-z0-9_-]{20,}={0,2}");

  @Override
  public String name() {
    return "jwk";
  }

  @Override
  public List<String> triggers() {
    var triggers = new ArrayList<String>();
    for (var name : PRIVATE) {
      triggers.add("\"" + name + "\"");
      triggers.add("\"" + name + "\\");
      triggers.add(" " + name + ":");
    }
    return triggers;
  }

  @Override
  public @Nullable Span find(Window window, int from, int to) {
    var value = Value.after(window, from + 1, to - 1);
    if (value == null || value.rest() != null) {
      return null;
    }
    return MATERIAL.matcher(value.text(window)).matches() && isInKey(window, from, value.to())
        ? value.redacted(Marker.PLAIN)
        : null;
  }

  private static boolean isInKey(Window window, int from, int to) {
    return hasType(window, Math.max(window.low(), from - 4000), from)
        || hasType(window, to, Math.min(window.high(), to + 8000));
  }

  private static boolean hasType(Window window, int from, int to) {
    for (var i = from; i < to - 2; i++) {
      if (window.at(i) == 'k' && window.at(i + 1) == 't' && window.at(i + 2) == 'y') {
        return true;
      }
    }
    return false;
  }
}
