package io.bugreport.analyzers.telemetry;

import static io.bugreport.model.resource.ResourceKind.CONFIG_MAP;
import static io.bugreport.model.resource.ResourceKind.TELEMETRY;

import io.bugreport.analyzers.mesh.MeshConfig;
import io.bugreport.model.check.Analyzer;
import io.bugreport.model.check.Check;
import io.bugreport.model.check.Mesh;
import io.bugreport.model.check.Observation;
import io.bugreport.model.finding.Severity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// A `Telemetry` object sends traces to an extension provider of the kind `lightstep`. Envoy has no
/// such tracer any more, so with a recent version of Istio no traces arrive.
///
/// ## Fix
///
/// Lightstep takes OpenTelemetry. Declare such a provider in the mesh configuration, and name it in
/// the `Telemetry` object:
///
/// ```yaml
/// extensionProviders:
/// - name: traces
///   opentelemetry: {service: otel-collector.observability.svc.cluster.local, port: 4317}
/// ```
@Check(
    codes = "IST0002",
    title = "Tracing to the Lightstep provider",
    severity = Severity.WARNING,
    resources = {TELEMETRY, CONFIG_MAP},
    istioctlAnalyzer = "telemetry.LightstepAnalyzer")
public final class TracingToLightstep implements Analyzer {

  @Override
  public List<Observation> analyze(Mesh mesh) throws IOException {
    var lightstep = MeshConfig.of(mesh.all(CONFIG_MAP)).extensionProviders("lightstep");
    List<Observation> observations = new ArrayList<>();
    for (var telemetry : mesh.all(TELEMETRY)) {
      telemetry.fields("spec.tracing.*.providers.*.name").stream()
          .filter(name -> lightstep.contains(name.text()))
          .findFirst()
          .ifPresent(
              name ->
                  observations.add(
                      Observation.of(
                          telemetry,
                          name,
                          "The provider %s is of the kind lightstep, which is deprecated: use opentelemetry."
                              .formatted(name.text()))));
    }
    return observations;
  }
}
