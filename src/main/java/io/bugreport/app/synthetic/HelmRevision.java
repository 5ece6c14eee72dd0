package io.bugreport.app.synthetic;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// One revision of a Helm release, kept as a Secret.
///
/// @param bytes the size of its payload
record HelmRevision(String release, int revision, String status, Instant created, int bytes) {

  static List<HelmRevision> healthy(Instant installed, Instant upgraded) {
    var upgrade = upgraded.minus(Duration.ofMinutes(5));
    return List.of(
        new HelmRevision("istio-base", 1, "deployed", installed, 7_412),
        new HelmRevision("istiod", 1, "superseded", installed.plusSeconds(40), 31_204),
        new HelmRevision("istiod", 2, "deployed", upgrade, 31_268),
        new HelmRevision("istio-ingressgateway", 1, "deployed", installed.plusSeconds(95), 9_880));
  }

  String secret() {
    return "sh.helm.release.v1." + release + ".v" + revision;
  }
}
