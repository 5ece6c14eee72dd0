package io.bugreport.model.endpoint;

/// Who answers. Ports are Istio's, see "Ports used by Istio" in its documentation; all of them are
/// reached as localhost of the pod.
public enum Server {
  /// The admin interface of a proxy's Envoy.
  ENVOY("envoy", 15000),
  /// `pilot-agent`, which runs beside Envoy.
  AGENT("agent", 15020),
  /// istiod's monitoring port.
  ISTIOD("istiod", 15014),
  /// The admin interface of a node's ztunnel.
  ZTUNNEL("ztunnel", 15000);

  private final String folder;
  private final int port;

  Server(String folder, int port) {
    this.folder = folder;
    this.port = port;
  }

  /// The name of its folder in the archive, also the source of its items.
  public String folder() {
    return folder;
  }

  public int port() {
    return port;
  }
}
