package io.bugreport.analyzers.vm;

import static io.bugreport.model.resource.ResourceKind.CONFIG_MAP;
import static io.bugreport.model.resource.ResourceKind.WORKLOAD_GROUP;

import io.bugreport.analyzers.mesh.MeshConfig;
import io.bugreport.model.check.Analyzer;
import io.bugreport.model.check.Check;
import io.bugreport.model.check.Mesh;
import io.bugreport.model.check.Observation;
import io.bugreport.model.check.Source;
import io.bugreport.model.finding.Severity;
import io.bugreport.model.machine.MachineFile;
import io.bugreport.model.machine.Membership;
import io.bugreport.model.resource.Resource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A virtual machine was set up for another place than the mesh has for it. Its `cluster.env` was
/// made when it joined; the `WorkloadGroup` or the mesh has changed since, or the file is another
/// machine's.
///
/// - The network differs: other proxies look for the machine where it is not, or send it through a
///   gateway that does not lead to it.
/// - The service account or the trust domain differs: istiod turns the machine away, or others do.
/// - The group does not exist in its namespace: the machine cannot register.
///
/// ## Fix
///
/// Make the machine's files again, copy them, and start the agent anew:
///
/// ```sh
/// istioctl experimental workload entry configure -f workloadgroup.yaml -o files --clusterID CLUSTER
/// scp files/cluster.env VM:/var/lib/istio/envoy/cluster.env
/// ssh VM sudo systemctl restart istio
/// ```
@Check(
    codes = "VM-06",
    title = "Virtual machine that was set up for another mesh",
    severity = Severity.ERROR,
    resources = {WORKLOAD_GROUP, CONFIG_MAP},
    sources = Source.MACHINES)
public final class MachineSetUpForAnother implements Analyzer {
  private static final String DEFAULT_TRUST_DOMAIN = "cluster.local";

  @Override
  public List<Observation> analyze(Mesh mesh) throws IOException {
    List<Observation> observations = new ArrayList<>();
    var groups = mesh.all(WORKLOAD_GROUP);
    var configured = MeshConfig.of(mesh.all(CONFIG_MAP)).trustDomain();
    var trustDomain = configured.isEmpty() ? DEFAULT_TRUST_DOMAIN : configured;
    for (var machine : mesh.machines()) {
      if (groups.isEmpty() || !mesh.has(machine, MachineFile.CLUSTER_ENV)) {
        continue;
      }
      var membership = Membership.of(machine);
      var group = groups.stream().filter(membership::isOf).findFirst().orElse(null);
      differs(membership, "TRUST_DOMAIN", "the mesh", trustDomain, null)
          .ifPresent(observations::add);
      if (group == null) {
        absent(membership).ifPresent(observations::add);
        continue;
      }
      var name = "the WorkloadGroup " + group.namespace() + "/" + group.name();
      differs(membership, "ISTIO_META_NETWORK", name, group.text("spec.template.network"), group)
          .ifPresent(observations::add);
      differs(
              membership,
              "SERVICE_ACCOUNT",
              name,
              group.text("spec.template.serviceAccount"),
              group)
          .ifPresent(observations::add);
    }
    return observations;
  }

  private static Optional<Observation> absent(Membership membership) {
    var setting = membership.settings().get("ISTIO_META_AUTO_REGISTER_GROUP");
    return setting == null || setting.value().isEmpty()
        ? Optional.empty()
        : Optional.of(
            Observation.of(
                membership.machine().id(),
                setting.location(),
                "The machine is to register with the WorkloadGroup %s/%s, which does not exist."
                    .formatted(membership.namespace(), setting.value())));
  }

  /// @param expected what the mesh says; empty where it says nothing
  /// @param group the object that says it, or null
  private static Optional<Observation> differs(
      Membership membership, String name, String who, String expected, @Nullable Resource group) {
    var setting = membership.settings().get(name);
    if (setting == null || expected.isEmpty() || setting.value().equals(expected)) {
      return Optional.empty();
    }
    var observation =
        Observation.of(
            membership.machine().id(),
            setting.location(),
            "cluster.env of the machine has %s=%s, and %s has %s."
                .formatted(name, setting.value(), who, expected));
    return Optional.of(group == null ? observation : observation.with(group.id()));
  }
}
