package io.bugreport.collector.resources;

import io.bugreport.model.resource.Node;
import java.io.IOException;

/// Told of each object that is kept, while it passes. It sees the object as the API server sent it,
/// Secret values included, and must let none of them through.
@FunctionalInterface
interface ObjectListener {
  void accept(ResourceType type, Node.Mapping object) throws IOException;
}
