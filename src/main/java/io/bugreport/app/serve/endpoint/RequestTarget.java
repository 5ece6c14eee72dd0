package io.bugreport.app.serve.endpoint;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/// Path and query of a request, in one spelling: `/clusters?format=json`. Parameters are sorted,
/// and one that is set to `true` is the same as one without a value.
///
/// @param path the path, beginning with a slash
/// @param query its parameters
record RequestTarget(String path, Map<String, String> query) {

  RequestTarget {
    query = Map.copyOf(query);
  }

  /// Reads a request target; a full URL loses its scheme and host.
  static RequestTarget parse(String text) {
    var target = text;
    var scheme = target.indexOf("://");
    if (scheme > 0 && scheme < 6) {
      var slash = target.indexOf('/', scheme + 3);
      target = slash < 0 ? "/" : target.substring(slash);
    }
    var fragment = target.indexOf('#');
    if (fragment >= 0) {
      target = target.substring(0, fragment);
    }
    var mark = target.indexOf('?');
    var path = mark < 0 ? target : target.substring(0, mark);
    var query = new TreeMap<String, String>();
    if (mark >= 0) {
      for (var part : target.substring(mark + 1).split("&", -1)) {
        var equals = part.indexOf('=');
        var name = decoded(equals < 0 ? part : part.substring(0, equals));
        if (!name.isEmpty()) {
          query.put(name, equals < 0 ? "" : decoded(part.substring(equals + 1)));
        }
      }
    }
    return new RequestTarget(path.startsWith("/") ? path : "/" + path, query);
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      return text;
    }
  }

  /// What it is looked up by. A dump of Envoy's configuration answers with and without its
  /// endpoints: it is recorded with them.
  String key() {
    var text = new StringBuilder(path);
    var separator = '?';
    for (var parameter : new TreeMap<>(query).entrySet()) {
      if (path.equals("/config_dump") && parameter.getKey().equals("include_eds")) {
        continue;
      }
      text.append(separator).append(parameter.getKey());
      if (!parameter.getValue().isEmpty() && !parameter.getValue().equals("true")) {
        text.append('=').append(parameter.getValue());
      }
      separator = '&';
    }
    return text.toString();
  }
}
