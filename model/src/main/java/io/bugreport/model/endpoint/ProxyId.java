package io.bugreport.model.endpoint;

import java.util.Optional;

/// How istiod names a proxy: `<pod>.<namespace>`. Pod names may hold dots, namespaces may not.
public record ProxyId(String pod, String namespace) {

  public ProxyId {
    if (pod.isEmpty() || namespace.isEmpty() || namespace.indexOf('.') >= 0) {
      throw new IllegalArgumentException("not a proxy: \"" + pod + "." + namespace + "\"");
    }
  }

  /// Reads `<pod>.<namespace>`.
  public static Optional<ProxyId> parse(String text) {
    var dot = text.lastIndexOf('.');
    return dot > 0 && dot < text.length() - 1
        ? Optional.of(new ProxyId(text.substring(0, dot), text.substring(dot + 1)))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return pod + "." + namespace;
  }
}
