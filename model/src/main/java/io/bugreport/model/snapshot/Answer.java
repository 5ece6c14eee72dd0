package io.bugreport.model.snapshot;

import io.bugreport.model.archive.ArchiveReader;
import io.bugreport.model.archive.Layout.ContainerFile;
import io.bugreport.model.endpoint.Endpoint;
import io.bugreport.model.endpoint.ProxyId;
import io.bugreport.model.resource.DocumentReader;
import io.bugreport.model.resource.Field;
import io.bugreport.model.resource.Node;
import io.bugreport.model.resource.ResourceId;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/// What one container answered at one endpoint.
///
/// @param path its file in the archive
/// @param from the container that answered
/// @param about the proxy it was asked about, for endpoints that are asked per proxy
public record Answer(
    ArchiveReader archive,
    String path,
    ContainerFile from,
    Endpoint endpoint,
    Optional<ProxyId> about) {

  /// The bytes as they were answered.
  public InputStream open() throws IOException {
    return archive.open(path);
  }

  /// The whole JSON document. For answers that can be large, read [#open()] as a stream.
  public Field document() throws IOException {
    var root = new AtomicReference<Node>(new Node.Scalar("", Node.Scalar.Type.NULL, 1, 1));
    try (var in = open()) {
      DocumentReader.read(path, in, root::set);
    }
    return new Field(path, "", root.get());
  }

  /// The pod that answered.
  public ResourceId pod() {
    return new ResourceId(from.cluster(), "", "Pod", from.namespace(), from.pod());
  }

  /// The proxy that answered, by the name that istiod has for it.
  public ProxyId proxy() {
    return new ProxyId(from.pod(), from.namespace());
  }
}
