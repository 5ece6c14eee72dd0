package io.bugreport.analyzers.multicluster;

import static io.bugreport.model.resource.ResourceKind.SERVICE;

import io.bugreport.analyzers.mesh.KubernetesNamespaces;
import io.bugreport.model.check.Analyzer;
import io.bugreport.model.check.Check;
import io.bugreport.model.check.Mesh;
import io.bugreport.model.check.Observation;
import io.bugreport.model.finding.Severity;
import io.bugreport.model.resource.Field;
import io.bugreport.model.resource.Resource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// A Service is not the same in all clusters: it is headless in one of them only, its type differs,
/// or its ports do. The mesh takes Services of one name and namespace for one and the same, so
/// which of them holds depends on the cluster that a proxy's istiod reads first; requests to a port
/// that the others lack fail every so often.
///
/// Ports are compared by name, number, target and protocol. Node ports, which every cluster gives
/// out by itself, are not, though istioctl compares them. The namespaces of Kubernetes and its own
/// Service `kubernetes` are left alone.
///
/// ## Fix
///
/// Apply the same manifest to all clusters:
///
/// ```sh
/// diff <(kubectl --context ONE -n NAMESPACE get service NAME -o yaml) \
///      <(kubectl --context TWO -n NAMESPACE get service NAME -o yaml)
/// ```
@Check(
    codes = "IST0170",
    title = "Service that differs between clusters",
    severity = Severity.WARNING,
    resources = SERVICE,
    istioctlAnalyzer = "services.MultiClusterServiceAnalyzer")
public final class UnlikeServices implements Analyzer {

  @Override
  public List<Observation> analyze(Mesh mesh) throws IOException {
    Map<String, List<Resource>> byName = new TreeMap<>();
    for (var service : mesh.all(SERVICE)) {
      if (!KubernetesNamespaces.contains(service.namespace())
          && !service.id().toString().equals("Service default/kubernetes")) {
        byName.computeIfAbsent(service.id().toString(), _ -> new ArrayList<>()).add(service);
      }
    }
    List<Observation> observations = new ArrayList<>();
    for (var same : byName.values()) {
      var differences = differences(same);
      if (!differences.isEmpty()) {
        observations.add(observation(same, differences));
      }
    }
    return observations;
  }

  private static List<String> differences(List<Resource> services) {
    List<String> differences = new ArrayList<>();
    if (services.stream().map(UnlikeServices::isHeadless).distinct().count() > 1) {
      differences.add("whether it is headless");
    }
    if (services.stream().map(UnlikeServices::type).distinct().count() > 1) {
      differences.add("its type");
    }
    if (services.stream().map(UnlikeServices::ports).distinct().count() > 1) {
      differences.add("its ports");
    }
    return differences;
  }

  private static boolean isHeadless(Resource service) {
    return service.text("spec.clusterIP").equals("None");
  }

  private static String type(Resource service) {
    return orElse(service.text("spec.type"), "ClusterIP");
  }

  private static Set<String> ports(Resource service) {
    var ports = new TreeSet<String>();
    for (var port : service.fields("spec.ports.*")) {
      ports.add(
          String.join(
              " ",
              port.text("name"),
              port.text("port"),
              port.named("targetPort").map(Field::text).orElse(port.text("port")),
              orElse(port.text("protocol"), "TCP"),
              port.text("appProtocol")));
    }
    return ports;
  }

  private static String orElse(String text, String fallback) {
    return text.isEmpty() ? fallback : text;
  }

  private static Observation observation(List<Resource> services, List<String> differences) {
    var clusters = services.stream().map(service -> service.id().cluster()).toList();
    var observation =
        Observation.of(
            services.getFirst(),
            "Clusters %s do not agree on %s."
                .formatted(String.join(", ", clusters), String.join(", ", differences)));
    for (var other : services.stream().skip(1).toList()) {
      observation = observation.and(other.location()).with(other.id());
    }
    return observation;
  }
}
