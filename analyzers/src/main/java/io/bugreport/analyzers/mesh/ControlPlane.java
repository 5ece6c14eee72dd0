package io.bugreport.analyzers.mesh;

import io.bugreport.model.resource.Field;
import io.bugreport.model.resource.Resource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// The istiod Deployments of a mesh.
///
/// @param deployments one for each revision and cluster
public record ControlPlane(List<Resource> deployments) {
  /// The revision of an installation that names none.
  public static final String DEFAULT = "default";

  public ControlPlane {
    deployments = List.copyOf(deployments);
  }

  /// The control plane among all Deployments of a mesh: those whose pods run istiod's container.
  public static ControlPlane of(Collection<Resource> deployments) {
    return new ControlPlane(deployments.stream().filter(d -> container(d).isPresent()).toList());
  }

  /// The istiods of one cluster.
  public List<Resource> in(String cluster) {
    return deployments.stream().filter(d -> d.id().cluster().equals(cluster)).toList();
  }

  /// The namespaces of one cluster that hold an istiod.
  public Set<String> namespaces(String cluster) {
    var namespaces = new TreeSet<String>();
    in(cluster).forEach(d -> namespaces.add(d.namespace()));
    return namespaces;
  }

  /// The revisions of one cluster.
  public Set<String> revisions(String cluster) {
    var revisions = new TreeSet<String>();
    in(cluster).forEach(d -> revisions.add(revision(d)));
    return revisions;
  }

  /// The revision of an istiod.
  public static String revision(Resource istiod) {
    var revision = env(istiod, "REVISION").orElse("");
    return revision.isEmpty() ? istiod.labels().getOrDefault("istio.io/rev", DEFAULT) : revision;
  }

  /// What an environment variable of istiod is set to, if it is set to a text.
  public static Optional<String> env(Resource istiod, String name) {
    return container(istiod).stream()
        .flatMap(c -> c.fields("env.*").stream())
        .filter(e -> e.text("name").equals(name))
        .map(e -> e.text("value"))
        .findFirst();
  }

  private static Optional<Field> container(Resource deployment) {
    return deployment.fields("spec.template.spec.containers.*").stream()
        .filter(c -> c.text("name").equals("discovery"))
        .filter(c -> isIstiod(deployment))
        .findFirst();
  }

  private static boolean isIstiod(Resource deployment) {
    return deployment.text("spec.template.metadata.labels.app").equals("istiod")
        || deployment.text("spec.template.metadata.labels.istio").equals("pilot");
  }
}
