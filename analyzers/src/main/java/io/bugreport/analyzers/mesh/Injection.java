package io.bugreport.analyzers.mesh;

import io.bugreport.model.resource.Field;
import io.bugreport.model.resource.Resource;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/// Which pods are part of the mesh, and which namespaces ask for it.
///
/// Source: "Installing the Sidecar" and "Control the sidecar injection policy" of Istio's
/// documentation.
public final class Injection {
  /// The namespace label that switches injection on or off for the default revision.
  public static final String LABEL = "istio-injection";

  /// The label that chooses a revision or a tag.
  public static final String REVISION = "istio.io/rev";

  /// The label, or older annotation, of a single pod.
  public static final String POD = "sidecar.istio.io/inject";

  /// The label that puts a namespace into ambient mode.
  public static final String DATAPLANE_MODE = "istio.io/dataplane-mode";

  private static final String ENABLED = "enabled";
  private static final String REDIRECTION = "ambient.istio.io/redirection";

  private final Map<Place, Resource> namespaces = new HashMap<>();

  public Injection(Collection<Resource> namespaces) {
    for (var namespace : namespaces) {
      this.namespaces.put(Place.of(namespace), namespace);
    }
  }

  /// Whether a namespace asks for sidecars of the default revision.
  public static boolean isEnabled(Resource namespace) {
    return namespace.labels().getOrDefault(LABEL, "").equals(ENABLED);
  }

  /// Whether a namespace asks for sidecars, of the default revision or of another. The label for
  /// the default one decides where both are set.
  public static boolean asksForSidecars(Resource namespace) {
    return namespace.labels().getOrDefault(LABEL, "").isEmpty()
        ? !namespace.labels().getOrDefault(REVISION, "").isEmpty()
        : isEnabled(namespace);
  }

  private static boolean hasRevision(Field pod) {
    return pod.field("metadata.labels").flatMap(labels -> labels.named(REVISION)).isPresent();
  }

  /// Whether a namespace is in ambient mode. A label for sidecars takes precedence.
  public static boolean isAmbientNamespace(Resource namespace) {
    return namespace.labels().getOrDefault(DATAPLANE_MODE, "").equals("ambient")
        && !isEnabled(namespace)
        && namespace.labels().getOrDefault(REVISION, "").isEmpty();
  }

  /// Whether ztunnel takes a pod's traffic.
  public static boolean isAmbient(Resource pod) {
    return pod.annotations().getOrDefault(REDIRECTION, "").equals(ENABLED);
  }

  /// What a pod, or the template of one, says of itself; empty where it leaves it to its namespace.
  /// The label counts before the annotation.
  ///
  /// @param metadata the `metadata` of the pod or of the template
  public static String ownWish(Field metadata) {
    for (var place : new String[] {"labels", "annotations"}) {
      var wish = metadata.named(place).flatMap(f -> f.named(POD)).map(Field::text);
      if (wish.isPresent()) {
        return wish.get();
      }
    }
    return "";
  }

  /// Whether a pod has a sidecar, or should have one by its labels or its namespace's.
  public boolean isInMesh(Resource pod) {
    return isInMesh(pod, pod.root());
  }

  /// Whether the pods of a Deployment are to have a sidecar.
  public boolean templateIsInMesh(Resource workload) {
    return workload.field("spec.template").map(t -> isInMesh(workload, t)).orElse(false);
  }

  /// Whether a pod is in the mesh, by a sidecar or in ambient mode.
  public boolean takesPart(Resource pod) {
    return isAmbient(pod) || isInMesh(pod);
  }

  /// Whether the pods of a template are to be in the mesh, by a sidecar or in ambient mode.
  public boolean takesPart(Resource workload, Field template) {
    var namespace = namespaces.get(Place.of(workload));
    return isInMesh(workload, template) || (namespace != null && isAmbientNamespace(namespace));
  }

  private boolean isInMesh(Resource owner, Field pod) {
    if (pod.field("spec").flatMap(Containers::proxy).isPresent()) {
      return true;
    }
    var wish = pod.named("metadata").map(Injection::ownWish).orElse("");
    if (!wish.isEmpty()) {
      return wish.equals("true");
    }
    var namespace = namespaces.get(Place.of(owner));
    if (hasRevision(pod)) {
      return namespace == null || !namespace.labels().getOrDefault(LABEL, "").equals("disabled");
    }
    return namespace != null && asksForSidecars(namespace);
  }
}
