package io.bugreport.report.view;

import io.bugreport.model.resource.ResourceId;
import java.util.HashMap;
import java.util.Map;

/// Gives every card an id that stays the same from one report of a mesh to the next, so that links
/// to it do.
final class Anchors {
  private final Map<String, Integer> given = new HashMap<>();

  /// An anchor such as `IST0101-prod-bookinfo-virtualservice-reviews`.
  String of(String code, ResourceId id) {
    return unique(
        code + "-" + id.cluster() + "-" + id.namespace() + "-" + id.kind() + "-" + id.name());
  }

  /// An anchor made of a name; the second of a name gets `-2`.
  String unique(String name) {
    var anchor = name.replaceAll("[^A-Za-z0-9._]+", "-").replaceAll("^-+|-+$", "");
    var known = given.merge(anchor, 1, Integer::sum);
    return known == 1 ? anchor : anchor + "-" + known;
  }
}
