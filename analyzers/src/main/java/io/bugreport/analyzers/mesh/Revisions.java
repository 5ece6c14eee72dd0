package io.bugreport.analyzers.mesh;

import io.bugreport.model.resource.Resource;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/// Which revision a tag stands for. A tag is a copy of a revision's injection webhooks with the
/// label `istio.io/tag`; the tag `default` serves what names no revision.
///
/// Source: "Canary Upgrades", on stable revision labels.
public final class Revisions {
  private static final String TAG = "istio.io/tag";
  private static final String DEFAULT = "default";

  private final Map<Place, String> byTag = new HashMap<>();

  /// @param webhooks the MutatingWebhookConfigurations
  public Revisions(Collection<Resource> webhooks) {
    for (var webhook : webhooks) {
      var tag = webhook.labels().getOrDefault(TAG, "");
      var revision = webhook.labels().getOrDefault(Injection.REVISION, "");
      if (!tag.isEmpty() && !revision.isEmpty()) {
        byTag.put(new Place(webhook.id().cluster(), tag), revision);
      }
    }
  }

  /// The revision that a label means.
  ///
  /// @param label the value of `istio.io/rev`, or empty for what asks for none in particular
  public String resolve(String cluster, String label) {
    var name = label.isEmpty() ? DEFAULT : label;
    return byTag.getOrDefault(new Place(cluster, name), name);
  }
}
