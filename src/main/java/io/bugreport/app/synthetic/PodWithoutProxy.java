package io.bugreport.app.synthetic;

/// A pod of an injected namespace was made while nothing injected.
record PodWithoutProxy() implements Fault {
  @Override
  public String name() {
    return "pod-without-proxy";
  }

  @Override
  public String seenBy() {
    return "IST0103";
  }

  @Override
  public void applyTo(Mesh mesh) {
    var service = mesh.serviceOrLast("details");
    var workload = mesh.podOf(service, "").workload;
    var replicas = (int) mesh.pods.stream().filter(p -> p.workload.equals(workload)).count();
    mesh.addPod(workload, replicas, false);
  }
}
