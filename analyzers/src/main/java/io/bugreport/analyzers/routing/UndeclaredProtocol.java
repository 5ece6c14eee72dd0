package io.bugreport.analyzers.routing;

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
import java.util.Locale;
import java.util.Set;

/// A port of a Service tells its protocol neither with `appProtocol` nor with its name, so proxies
/// find out from the first bytes of each connection. That works for HTTP, costs protocols in which
/// the server speaks first a timeout, and treats what is not recognised as plain TCP: without
/// routes, retries or HTTP telemetry.
///
/// For a Service of type `ExternalName` (IST0150) it matters more: where the port is TCP or not
/// declared, it takes the traffic of that port to every address.
///
/// ## Fix
///
/// Say the protocol, with `appProtocol` or as the first part of the name: `http`, `http2`, `grpc`,
/// `grpc-web`, `https`, `tls`, `tcp`, `mongo`, `mysql`, `redis`, `udp`.
///
/// ```yaml
/// ports:
/// - {name: http-web, port: 80, appProtocol: http}
/// ```
@Check(
    codes = {"IST0118", "IST0150"},
    title = "Service port without a protocol",
    severity = Severity.INFO,
    resources = SERVICE,
    istioctlAnalyzer = "service.PortNameAnalyzer")
public final class UndeclaredProtocol implements Analyzer {
  private static final Set<String> PROTOCOLS =
      Set.of(
          "tcp",
          "udp",
          "grpc",
          "http",
          "http_proxy",
          "http2",
          "https",
          "tls",
          "mongo",
          "redis",
          "mysql");
  private static final Set<String> APP_PROTOCOLS =
      Set.of("kubernetes.io/h2c", "kubernetes.io/ws", "kubernetes.io/wss");

  /// Ports whose protocol Istio knows without being told: SMTP, DNS, MySQL, MongoDB.
  private static final Set<Integer> WELL_KNOWN = Set.of(25, 53, 3306, 27017);

  private static final Set<String> MANAGED =
      Set.of(
          "istio.io-gateway-controller",
          "istio.io-mesh-controller",
          "istio.io-eastwest-controller");

  @Override
  public List<Observation> analyze(Mesh mesh) throws IOException {
    List<Observation> observations = new ArrayList<>();
    for (var service : mesh.all(SERVICE)) {
      if (isOfIstio(service) || KubernetesNamespaces.contains(service.namespace())) {
        continue;
      }
      var external = service.text("spec.type").equals("ExternalName");
      for (var port : service.fields("spec.ports.*")) {
        if (isUndeclared(port) || (external && port.text("name").equals("tcp"))) {
          observations.add(observation(service, port, external));
        }
      }
    }
    return observations;
  }

  private static boolean isOfIstio(Resource service) {
    var labels = service.labels();
    return labels.containsKey("istio")
        || labels.getOrDefault("release", "").equals("istio")
        || MANAGED.contains(labels.getOrDefault("gateway.istio.io/managed", ""));
  }

  private static boolean isUndeclared(Field port) {
    if (port.text("protocol").equals("UDP")
        || port.field("port").flatMap(Field::number).filter(WELL_KNOWN::contains).isPresent()) {
      return false;
    }
    var appProtocol = port.text("appProtocol");
    var declared =
        (appProtocol.isEmpty() ? port.text("name") : appProtocol).toLowerCase(Locale.ROOT);
    return !APP_PROTOCOLS.contains(appProtocol)
        && !declared.startsWith("grpc-web")
        && !PROTOCOLS.contains(declared.split("-", 2)[0]);
  }

  private static Observation observation(Resource service, Field port, boolean external) {
    var name = port.text("name").isEmpty() ? "which has no name" : "named " + port.text("name");
    var observation =
        Observation.of(
            service,
            port.named("port").orElse(port),
            external
                ? "Port %s, %s, of an ExternalName Service is taken for TCP."
                    .formatted(port.text("port"), name)
                : "Port %s, %s, does not tell its protocol.".formatted(port.text("port"), name));
    return external ? observation.code("IST0150").severity(Severity.WARNING) : observation;
  }
}
