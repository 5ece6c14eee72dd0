package io.bugreport.app.synthetic;

import java.time.Duration;

/// A proxy did not get a new certificate before its old one ended.
record ExpiredCertificate() implements Fault {
  @Override
  public String name() {
    return "expired-certificate";
  }

  @Override
  public String seenBy() {
    return "CA-06, and 503 UF in the callers' access logs";
  }

  @Override
  public void applyTo(Mesh mesh) {
    var proxy = mesh.proxyOf(mesh.serviceOrLast("details"));
    proxy.certificateFrom = proxy.certificateFrom.minus(Duration.ofDays(1));
  }
}
