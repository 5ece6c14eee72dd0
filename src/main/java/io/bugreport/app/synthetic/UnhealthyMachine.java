package io.bugreport.app.synthetic;

import java.util.Optional;

/// The application on the virtual machine does not answer its probe.
record UnhealthyMachine() implements Fault {
  @Override
  public String name() {
    return "unhealthy-machine";
  }

  @Override
  public String seenBy() {
    return "the WorkloadEntry's condition Healthy";
  }

  @Override
  public void applyTo(Mesh mesh) {
    var vm = mesh.vm;
    if (vm == null) {
      throw new IllegalArgumentException("this mesh has no virtual machine that can be unhealthy");
    }
    vm.unhealthy =
        Optional.of(
            "Get \"http://127.0.0.1:8090/healthz\": dial tcp 127.0.0.1:8090: connect: connection"
                + " refused");
  }
}
