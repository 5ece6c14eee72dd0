package io.bugreport.analyzers.telemetry;

import static io.bugreport.model.resource.ResourceKind.CONFIG_MAP;
import static io.bugreport.model.resource.ResourceKind.TELEMETRY;

import io.bugreport.analyzers.mesh.MeshConfig;
import io.bugreport.model.check.Analyzer;
import io.bugreport.model.check.Check;
import io.bugreport.model.check.Mesh;
import io.bugreport.model.check.Observation;
import io.bugreport.model.finding.Severity;
import io.bugreport.model.resource.Field;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// A `Telemetry` configures access logs without saying where they go, and the mesh has no default
/// provider for them either. The entry has no effect: no log is written.
///
/// ## Fix
///
/// Name a provider. `envoy` writes to the standard output of the proxy:
///
/// ```yaml
/// spec:
///   accessLogging:
///   - providers: [{name: envoy}]
/// ```
///
/// or give the mesh a default (`meshConfig`):
///
/// ```yaml
/// defaultProviders:
///   accessLogging: [envoy]
/// ```
@Check(
    codes = "IST0157",
    title = "Access log without a provider",
    severity = Severity.WARNING,
    resources = {TELEMETRY, CONFIG_MAP},
    istioctlAnalyzer = "telemetry.ProviderAnalyzer")
public final class AccessLogWithoutProvider implements Analyzer {

  @Override
  public List<Observation> analyze(Mesh mesh) throws IOException {
    List<Observation> observations = new ArrayList<>();
    if (!MeshConfig.of(mesh.all(CONFIG_MAP)).defaultAccessLogProviders().isEmpty()) {
      return observations;
    }
    for (var telemetry : mesh.all(TELEMETRY)) {
      for (Field entry : telemetry.fields("spec.accessLogging.*")) {
        if (!entry.text("disabled").equals("true") && entry.fields("providers.*").isEmpty()) {
          observations.add(
              Observation.of(
                  telemetry,
                  entry,
                  "An access log names no provider, and the mesh has no default one."));
        }
      }
    }
    return observations;
  }
}
