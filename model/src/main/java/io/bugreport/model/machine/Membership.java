package io.bugreport.model.machine;

import io.bugreport.model.machine.Machine.Setting;
import io.bugreport.model.resource.Resource;
import java.io.IOException;
import java.util.Optional;
import java.util.SequencedMap;

/// Which place in the mesh a machine was set up for, as its `cluster.env` says; and which objects
/// stand for it.
///
/// @param machine the machine
/// @param settings the assignments of its `cluster.env`; none where that was not collected
/// @param addresses what `ip address` printed, where that was collected
public record Membership(
    Machine machine, SequencedMap<String, Setting> settings, String addresses) {
  private static final String GROUP_OF_ENTRY = "istio.io/autoRegistrationGroup";

  /// Reads it from the machine's files.
  public static Membership of(Machine machine) throws IOException {
    return new Membership(
        machine, machine.settings(MachineFile.CLUSTER_ENV), machine.text(MachineFile.IP_ADDRESS));
  }

  /// Its namespace; empty where it is not known.
  public String namespace() {
    return value("POD_NAMESPACE").or(() -> value("ISTIO_NAMESPACE")).orElse("");
  }

  /// The WorkloadGroup that it belongs to, by name; empty where it is not known.
  public String group() {
    return value("ISTIO_META_AUTO_REGISTER_GROUP")
        .or(() -> value("ISTIO_META_WORKLOAD_NAME"))
        .orElse("");
  }

  /// A setting that is not empty.
  public Optional<String> value(String name) {
    return Optional.ofNullable(settings.get(name))
        .map(Setting::value)
        .filter(value -> !value.isEmpty());
  }

  /// Whether a WorkloadGroup is this machine's.
  public boolean isOf(Resource group) {
    return !group().isEmpty()
        && group.name().equals(group())
        && group.namespace().equals(namespace());
  }

  /// Whether a WorkloadEntry stands for this machine: by its address, in the machine's namespace
  /// and of no other group.
  public boolean isRegisteredAs(Resource entry) {
    var address = entry.text("spec.address");
    var registered = entry.annotations().getOrDefault(GROUP_OF_ENTRY, "");
    return !address.isEmpty()
        && entry.namespace().equals(namespace())
        && (registered.isEmpty() || group().isEmpty() || registered.equals(group()))
        && (value("ISTIO_SVC_IP").filter(address::equals).isPresent() || has(address));
  }

  private boolean has(String address) {
    return addresses.lines().anyMatch(line -> (line.strip() + " ").contains(" " + address + "/"));
  }
}
