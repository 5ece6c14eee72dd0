package io.bugreport.analyzers.mesh;

import io.bugreport.model.resource.Resource;

/// A namespace of a cluster.
public record Place(String cluster, String namespace) {

  /// Where an object lies; a Namespace lies in itself.
  public static Place of(Resource resource) {
    return new Place(
        resource.id().cluster(),
        resource.id().kind().equals("Namespace") && resource.id().group().isEmpty()
            ? resource.name()
            : resource.namespace());
  }
}
