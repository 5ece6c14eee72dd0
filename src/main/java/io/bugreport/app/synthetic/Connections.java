package io.bugreport.app.synthetic;

import java.time.Instant;

/// The streams between proxies and istiods.
final class Connections {
  private static final int REUSED_MINUTES = 24;

  private Connections() {}

  /// When a proxy's present stream began. istiod ends streams after half an hour.
  static Instant connectedAt(Mesh mesh, Proxy proxy) {
    return mesh.plan.time().minusSeconds(60L * REUSED_MINUTES - proxy.connection % 300);
  }

  /// The version of the configuration that all proxies were sent.
  static String version(Mesh mesh) {
    return mesh.rolled.plusSeconds(60) + "/14";
  }
}
