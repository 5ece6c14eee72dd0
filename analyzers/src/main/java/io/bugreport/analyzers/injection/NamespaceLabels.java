package io.bugreport.analyzers.injection;

import io.bugreport.analyzers.mesh.Injection;
import io.bugreport.model.resource.Resource;
import java.util.ArrayList;
import java.util.List;

/// What a namespace's labels say about the mesh.
final class NamespaceLabels {
  private NamespaceLabels() {}

  /// The label that asks for sidecars, as in `istio-injection=enabled`; empty where none does.
  /// `istio-injection` counts before a revision.
  static String asking(Resource namespace) {
    var labels = namespace.labels();
    var injection = labels.getOrDefault(Injection.LABEL, "");
    if (!injection.isEmpty()) {
      return Injection.isEnabled(namespace) ? Injection.LABEL + "=" + injection : "";
    }
    var revision = labels.getOrDefault(Injection.REVISION, "");
    return revision.isEmpty() ? "" : Injection.REVISION + "=" + revision;
  }

  static boolean isAmbientLabelled(Resource namespace) {
    return namespace.labels().getOrDefault(Injection.DATAPLANE_MODE, "").equals("ambient");
  }

  /// The labels that each by themselves decide how the namespace takes part.
  static List<String> deciding(Resource namespace) {
    var labels = namespace.labels();
    List<String> deciding = new ArrayList<>();
    var injection = labels.get(Injection.LABEL);
    if (injection != null) {
      deciding.add(Injection.LABEL + "=" + injection);
    }
    if (injection == null || Injection.isEnabled(namespace)) {
      for (var label : List.of(Injection.REVISION, Injection.DATAPLANE_MODE)) {
        if (labels.containsKey(label)) {
          deciding.add(label + "=" + labels.get(label));
        }
      }
    }
    return deciding;
  }
}
