package io.bugreport.app;

import io.bugreport.model.check.Analyzer;
import io.bugreport.model.check.CheckDefinition;
import io.bugreport.model.check.Observation;
import io.bugreport.model.endpoint.Endpoint;
import io.bugreport.model.finding.Severity;
import io.bugreport.model.resource.ResourceKind;
import java.util.List;

/// Checks as simple as can be, for tests of what is around them.
final class TestChecks {
  private static final String PAGE =
      """
      A Service without ports gets no traffic. See [ports](https://istio.io/ports) for
      the names that Istio reads.

      - one
      - two

      ```yaml
      ports: [{name: http}]
      ```

      ## Fix

      Give `spec.ports` a port.
      """;

  private TestChecks() {}

  /// Finds every Service.
  static CheckDefinition services() {
    return check(
        "service-without-port",
        "T-01",
        List.of(),
        mesh ->
            mesh.all(ResourceKind.SERVICE).stream()
                .map(s -> Observation.of(s, "it is in " + s.id().cluster()))
                .toList());
  }

  /// Says what the first ConfigMap `istio` holds.
  static CheckDefinition meshConfig() {
    return new CheckDefinition(
        "mesh-config-seen",
        List.of("T-02"),
        "Mesh configuration seen",
        Severity.INFO,
        List.of(ResourceKind.CONFIG_MAP),
        List.of(),
        "",
        PAGE,
        mesh ->
            mesh.find(ResourceKind.CONFIG_MAP, "default", "istio-system", "istio").stream()
                .map(
                    c -> Observation.of(c, c.text("data.mesh") + "|" + c.text("data.meshNetworks")))
                .toList());
  }

  /// Needs what loose files never have.
  static CheckDefinition certificates() {
    return check("expired", "T-03", List.of(Endpoint.ENVOY_CERTS), _ -> List.of());
  }

  private static CheckDefinition check(
      String id, String code, List<Endpoint> endpoints, Analyzer analyzer) {
    return new CheckDefinition(
        id,
        List.of(code),
        "Service without a port",
        Severity.WARNING,
        List.of(ResourceKind.SERVICE),
        endpoints,
        "service.PortAnalyzer",
        PAGE,
        analyzer);
  }
}
