package io.bugreport.app.serve.api;

import java.util.List;
import tools.jackson.databind.JsonNode;

/// A kind of objects as an API server offers it, in one version of its group.
///
/// @param group empty for the core group
/// @param plural as in URLs
/// @param subresources as the aggregated format of discovery has them
record ApiResource(
    String group,
    String version,
    String plural,
    String singular,
    String kind,
    boolean namespaced,
    List<String> verbs,
    List<String> shortNames,
    List<String> categories,
    List<JsonNode> subresources) {
  /// What a snapshot can do for objects.
  static final List<String> READING = List.of("get", "list", "watch");

  ApiResource {
    verbs = List.copyOf(verbs);
    shortNames = List.copyOf(shortNames);
    categories = List.copyOf(categories);
    subresources = List.copyOf(subresources);
  }

  String apiVersion() {
    return group.isEmpty() ? version : group + "/" + version;
  }

  /// Plural and group as messages have them: `virtualservices.networking.istio.io`.
  String qualified() {
    return group.isEmpty() ? plural : plural + "." + group;
  }

  boolean is(String ofGroup, String ofPlural) {
    return group.equals(ofGroup) && plural.equals(ofPlural);
  }
}
