package io.bugreport.collector.api;

import java.io.IOException;
import java.util.Set;
import java.util.regex.Pattern;

/// The requests that an API server is ever sent. A GET is not harmless by itself: through
/// `services/istiod/proxy/debug/adsz?push=true` it would change the mesh. So each path must have
/// one of these shapes, whatever the names are that it was made of.
final class AllowedRequest {
  private static final String NAME = "[a-z0-9](?:[-a-z0-9.]{0,251}[a-z0-9])?";
  private static final String GROUP_VERSION = "/(?:api|apis/" + NAME + ")/v[a-z0-9]{1,20}";
  private static final String LIST = GROUP_VERSION + "(?:/namespaces/" + NAME + ")?/" + NAME;
  private static final String POD = "/api/v1/namespaces/" + NAME + "/pods/" + NAME;
  private static final String QUERY = "(?:\\?(?<query>[-A-Za-z0-9._~%=&:*+]*))?";

  private static final Pattern DISCOVERY =
      Pattern.compile("(?:/version|/api|/apis|" + GROUP_VERSION + ")");
  private static final Pattern LISTING = Pattern.compile(LIST + QUERY);
  private static final Pattern LOG = Pattern.compile(POD + "/log" + QUERY);
  private static final Pattern UPGRADE = Pattern.compile(POD + "/(?:portforward|exec)" + QUERY);

  private static final Set<String> LIST_KEYS =
      Set.of(
          "limit",
          "continue",
          "labelSelector",
          "watch",
          "allowWatchBookmarks",
          "resourceVersion",
          "timeoutSeconds");
  private static final Set<String> LOG_KEYS =
      Set.of("container", "timestamps", "previous", "sinceTime", "tailLines", "limitBytes");
  private static final Set<String> UPGRADE_KEYS =
      Set.of("ports", "container", "stdout", "stderr", "command");

  private AllowedRequest() {}

  /// @throws IOException when a path is none of those that are read
  static String get(String path) throws IOException {
    if (DISCOVERY.matcher(path).matches()
        || matches(LISTING, path, LIST_KEYS)
        || matches(LOG, path, LOG_KEYS)) {
      return path;
    }
    throw refused(path);
  }

  /// @throws IOException when a path is no upgrade by which a pod is read
  static String upgrade(String path) throws IOException {
    if (matches(UPGRADE, path, UPGRADE_KEYS)) {
      return path;
    }
    throw refused(path);
  }

  private static boolean matches(Pattern shape, String path, Set<String> keys) {
    var matcher = shape.matcher(path);
    if (!matcher.matches()) {
      return false;
    }
    var query = matcher.group("query");
    if (query == null || query.isEmpty()) {
      return true;
    }
    for (var pair : query.split("&", -1)) {
      var equals = pair.indexOf('=');
      if (equals < 0 || !keys.contains(pair.substring(0, equals))) {
        return false;
      }
    }
    return true;
  }

  private static IOException refused(String path) {
    return new IOException("not asked: " + path + " is not among the requests that are ever sent");
  }
}
