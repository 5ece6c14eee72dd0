package io.bugreport.app.synthetic;

import java.util.Optional;

/// A virtual machine that joined through a WorkloadGroup.
final class VirtualMachine {
  static final String NAMESPACE = "bookinfo";
  static final String GROUP = "inventory";
  static final String ACCOUNT = "bookinfo-inventory";
  static final String VERSION = "v1";
  static final String ADDRESS = "10.200.0.15";
  static final String HOST = "inventory-vm-1";
  static final int PORT = 8090;

  /// Why its health probe fails; empty while it does not.
  Optional<String> unhealthy = Optional.empty();

  /// The name that istiod gives to its WorkloadEntry.
  static String entry() {
    return GROUP + "-" + ADDRESS;
  }
}
