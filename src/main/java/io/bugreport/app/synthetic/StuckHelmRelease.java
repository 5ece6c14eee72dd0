package io.bugreport.app.synthetic;

/// An upgrade by Helm was cut off and holds the release.
record StuckHelmRelease() implements Fault {
  @Override
  public String name() {
    return "stuck-helm-release";
  }

  @Override
  public String seenBy() {
    return "the Secret of the newest revision";
  }

  @Override
  public void applyTo(Mesh mesh) {
    mesh.helm.add(
        new HelmRevision(
            "istiod", 3, "pending-upgrade", mesh.plan.time().minusSeconds(5100), 31_310));
  }
}
