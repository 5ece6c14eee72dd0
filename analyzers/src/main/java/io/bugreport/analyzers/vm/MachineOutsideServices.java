package io.bugreport.analyzers.vm;

import static io.bugreport.model.resource.ResourceKind.SERVICE;
import static io.bugreport.model.resource.ResourceKind.SERVICE_ACCOUNT;
import static io.bugreport.model.resource.ResourceKind.SERVICE_ENTRY;
import static io.bugreport.model.resource.ResourceKind.WORKLOAD_ENTRY;
import static io.bugreport.model.resource.ResourceKind.WORKLOAD_GROUP;

import io.bugreport.model.check.Analyzer;
import io.bugreport.model.check.Check;
import io.bugreport.model.check.Mesh;
import io.bugreport.model.check.Observation;
import io.bugreport.model.finding.Severity;
import io.bugreport.model.resource.Resource;
import io.bugreport.model.resource.ResourceId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// A virtual machine cannot take part in the mesh as it is described:
///
/// - `VM-12`: the labels of its `WorkloadEntry` match the selector of no Service and no
///   ServiceEntry of its namespace, so that it gets no requests; or its address is one that only
///   the machine itself can reach.
/// - `VM-06`: its `WorkloadGroup` names a service account that its namespace does not have. The
///   machine can get no token for it, and no certificate.
///
/// A machine without ports serves nobody and needs no Service.
///
/// ## Fix
///
/// Compare the labels with the selector of the Service that should send requests to it:
///
/// ```sh
/// kubectl -n NAMESPACE get services -o wide
/// kubectl -n NAMESPACE get workloadentry NAME -o jsonpath='{.spec.labels}'
/// kubectl -n NAMESPACE get serviceaccounts
/// ```
///
/// A machine that registers itself takes its labels and its account from the `WorkloadGroup`:
/// change them there, and restart its agent.
@Check(
    codes = {"VM-12", "VM-06"},
    title = "Virtual machine that no service reaches",
    severity = Severity.WARNING,
    resources = {WORKLOAD_ENTRY, WORKLOAD_GROUP, SERVICE, SERVICE_ENTRY, SERVICE_ACCOUNT})
public final class MachineOutsideServices implements Analyzer {

  private record Place(String cluster, String namespace) {
    static Place of(Resource resource) {
      return new Place(resource.id().cluster(), resource.namespace());
    }
  }

  @Override
  public List<Observation> analyze(Mesh mesh) throws IOException {
    Map<Place, List<Map<String, String>>> selectors = new HashMap<>();
    for (var service : mesh.all(SERVICE)) {
      add(selectors, service, service.texts("spec.selector"));
    }
    for (var entry : mesh.all(SERVICE_ENTRY)) {
      add(selectors, entry, entry.texts("spec.workloadSelector.labels"));
    }
    Set<ResourceId> accounts = new HashSet<>();
    mesh.all(SERVICE_ACCOUNT).forEach(a -> accounts.add(a.id()));
    List<Observation> observations = new ArrayList<>();
    for (var group : mesh.all(WORKLOAD_GROUP)) {
      account(group, "spec.template.serviceAccount", accounts, observations);
    }
    for (var entry : mesh.all(WORKLOAD_ENTRY)) {
      if (isUnreachable(entry.text("spec.address"))) {
        observations.add(
            Observation.of(
                    entry,
                    entry.field("spec.address").orElse(entry.root()),
                    "The address %s is one that only the machine itself can reach."
                        .formatted(entry.text("spec.address")))
                .severity(Severity.ERROR));
      }
      var labels = entry.texts("spec.labels");
      var serves = !labels.isEmpty() && !entry.fields("spec.ports.*").isEmpty();
      if (serves
          && selectors.getOrDefault(Place.of(entry), List.of()).stream()
              .noneMatch(s -> labels.entrySet().containsAll(s.entrySet()))) {
        observations.add(
            Observation.of(
                entry,
                entry.field("spec.labels").orElse(entry.root()),
                "No Service and no ServiceEntry of the namespace selects the machine %s: it gets no requests."
                    .formatted(entry.text("spec.address"))));
      }
    }
    return observations;
  }

  private static void add(
      Map<Place, List<Map<String, String>>> selectors, Resource of, Map<String, String> selector) {
    if (!selector.isEmpty()) {
      selectors.computeIfAbsent(Place.of(of), _ -> new ArrayList<>()).add(selector);
    }
  }

  /// Where a namespace has accounts at all, each that is named has to be there.
  private static void account(
      Resource resource, String path, Set<ResourceId> accounts, List<Observation> observations) {
    var name = resource.text(path);
    var namespace = resource.namespace();
    var cluster = resource.id().cluster();
    var known =
        accounts.stream()
            .filter(a -> a.cluster().equals(cluster) && a.namespace().equals(namespace))
            .map(ResourceId::name)
            .toList();
    if (!name.isEmpty() && !known.isEmpty() && !known.contains(name)) {
      observations.add(
          Observation.of(
                  resource,
                  resource.field(path).orElse(resource.root()),
                  "The service account %s does not exist in the namespace: a machine gets no identity with it."
                      .formatted(name))
              .code("VM-06")
              .severity(Severity.ERROR));
    }
  }

  private static boolean isUnreachable(String address) {
    return address.startsWith("127.")
        || address.equals("0.0.0.0")
        || address.equals("::1")
        || address.equals("::")
        || address.toLowerCase(Locale.ROOT).startsWith("fe80:");
  }
}
