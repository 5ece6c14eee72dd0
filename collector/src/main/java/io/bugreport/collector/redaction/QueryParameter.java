package io.bugreport.collector.redaction;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A parameter of a URL whose name alone says too little, as `code`, `key` and `sig` do: its value
/// must look drawn at random.
final class QueryParameter implements Rule {
  private static final int SHORTEST_SIGNATURE = 16;

  @Override
  public String name() {
    return "query-parameter";
  }

  @Override
  public List<String> triggers() {
    return List.of(
        "?key=",
        "&key=",
        "u0026key=",
        "amp;key=",
        "?code=",
        "&code=",
        "u0026code=",
        "amp;code=",
        "sig=",
        "signature=",
        "?auth=",
        "&auth=",
        "?state=",
        "&state=",
        "u0026state=",
        "id_hint=",
        "sessionid=",
        "session_id=",
        "sid=",
        "?ticket=",
        "&ticket=",
        "assertion=");
  }

  @Override
  public @Nullable Span find(Window window, int from, int to) {
    var before = window.at(from - 1);
    if (window.at(from) != '?'
        && window.at(from) != '&'
        && before != '?'
        && before != '&'
        && before != '-'
        && before != '6'
        && before != ';'
        && before != '\\') {
      return null;
    }
    var end = to;
    while (end < window.high() && !isEnd(window, end)) {
      end++;
    }
    var text = window.text(to, end);
    var random = text.length() >= SHORTEST_SIGNATURE || Harmless.looksRandom(text);
    return random && !Harmless.is(text, Secrecy.KEY, "") ? Span.of(to, end, Marker.PLAIN) : null;
  }

  private static boolean isEnd(Window window, int at) {
    return window.at(at) == '&' || window.at(at) == '#' || Delimiter.at(window, at);
  }
}
