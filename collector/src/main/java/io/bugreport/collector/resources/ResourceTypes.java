package io.bugreport.collector.resources;

import io.bugreport.model.resource.Field;
import io.bugreport.model.resource.Node;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;

/// The kinds that a discovery document tells of.
final class ResourceTypes {
  /// The same objects under another group or without content: core has the events,
  /// networking.k8s.io the ingresses, and component statuses say nothing since Kubernetes 1.19.
  private static final Set<String> LEFT_OUT =
      Set.of("events.k8s.io/events", "extensions/ingresses", "/componentstatuses");

  private ResourceTypes() {}

  /// Every kind that can be listed, each in the first version that has it, which is the preferred
  /// one.
  static List<ResourceType> listable(Node.Mapping discovery) {
    List<ResourceType> types = new ArrayList<>();
    for (var group : new Field("", "", discovery).fields("items.*")) {
      var name = group.text("metadata.name");
      Set<String> known = new HashSet<>();
      for (var version : group.fields("versions.*")) {
        for (var resource : version.fields("resources.*")) {
          var plural = resource.text("resource");
          var lists = resource.fields("verbs.*").stream().anyMatch(v -> v.text().equals("list"));
          if (lists && !LEFT_OUT.contains(name + "/" + plural) && known.add(plural)) {
            types.add(
                new ResourceType(
                    name,
                    version.text("version"),
                    plural,
                    resource.text("responseKind.kind"),
                    resource.text("scope").equals("Namespaced")));
          }
        }
      }
    }
    return types;
  }

  /// Groups of which the server has no current knowledge, and why that is.
  static SequencedMap<String, String> stale(Node.Mapping discovery) {
    var stale = new LinkedHashMap<String, String>();
    for (var group : new Field("", "", discovery).fields("items.*")) {
      for (var version : group.fields("versions.*")) {
        if (version.text("freshness").equals("Stale")) {
          stale.putIfAbsent(
              group.text("metadata.name"),
              "the API server cannot reach what serves "
                  + group.text("metadata.name")
                  + "/"
                  + version.text("version")
                  + ": its discovery is stale");
        }
      }
    }
    return stale;
  }
}
