package io.bugreport.app.synthetic;

/// A proxy ran out of memory again and again; just now it runs.
record KilledProxy() implements Fault {
  @Override
  public String name() {
    return "killed-proxy";
  }

  @Override
  public String seenBy() {
    return "the log of its previous run, and events";
  }

  @Override
  public void applyTo(Mesh mesh) {
    var service = mesh.serviceOrLast("reviews");
    var pod = mesh.proxyOf(service).pod;
    if (pod == null) {
      throw new IllegalArgumentException(service.name() + " has no pod whose proxy can be killed");
    }
    pod.proxyRestarts = 7;
    mesh.happenings.add(
        Happening.ofContainer(
            pod,
            "istio-proxy",
            "Warning",
            "BackOff",
            "Back-off restarting failed container istio-proxy in pod " + pod.name,
            31,
            pod.started.plusSeconds(900),
            ContainerLogs.lastRestart(pod).plusSeconds(20)));
  }
}
