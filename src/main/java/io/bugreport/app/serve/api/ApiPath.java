package io.bugreport.app.serve.api;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A path below `/api` or `/apis`, in its parts.
///
/// @param group empty for the core group
/// @param namespace empty where all or none are meant
/// @param name empty where all are meant
/// @param subresource empty where the object itself is meant
record ApiPath(
    String group,
    String version,
    String namespace,
    String plural,
    String name,
    String subresource) {

  /// The segments of a path, decoded. They are only ever compared and looked up.
  static List<String> segments(String path) {
    List<String> segments = new ArrayList<>();
    for (var part : path.split("/", -1)) {
      if (!part.isEmpty()) {
        segments.add(decoded(part));
      }
    }
    return segments;
  }

  private static String decoded(String part) {
    try {
      return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      return part;
    }
  }

  /// Reads the path of objects.
  static Optional<ApiPath> parse(List<String> segments) {
    var core = segments.getFirst().equals("api");
    var start = core ? 2 : 3;
    if (segments.size() <= start) {
      return Optional.empty();
    }
    var group = core ? "" : segments.get(1);
    var version = segments.get(start - 1);
    var rest = segments.subList(start, segments.size());
    var namespace = "";
    var isNamespaceItself =
        rest.size() <= 2
            || (rest.size() == 3
                && (rest.get(2).equals("status") || rest.get(2).equals("finalize")));
    if (rest.getFirst().equals("namespaces") && !isNamespaceItself) {
      namespace = rest.get(1);
      rest = rest.subList(2, rest.size());
    }
    if (rest.size() > 3) {
      return Optional.empty();
    }
    return Optional.of(
        new ApiPath(
            group,
            version,
            namespace,
            rest.getFirst(),
            rest.size() > 1 ? rest.get(1) : "",
            rest.size() > 2 ? rest.get(2) : ""));
  }
}
