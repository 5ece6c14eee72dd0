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
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// A `Telemetry` names a provider that the mesh does not define under `extensionProviders`. Istio
/// ignores the entry: no trace, metric or log goes there.
///
/// `envoy` and `prometheus` are built in, and need no definition.
///
/// ## Fix
///
/// Define the provider in the mesh configuration, or name one that is there:
///
/// ```yaml
/// extensionProviders:
/// - name: jaeger
///   opentelemetry: {service: jaeger-collector.observability.svc.cluster.local, port: 4317}
/// ```
@Check(
    codes = "MIX-09",
    title = "Telemetry to a provider that is not defined",
    severity = Severity.WARNING,
    resources = {TELEMETRY, CONFIG_MAP})
public final class UnknownTelemetryProvider implements Analyzer {
  private static final Set<String> BUILT_IN = Set.of("envoy", "prometheus", "stackdriver");

  @Override
  public List<Observation> analyze(Mesh mesh) throws IOException {
    var maps = mesh.all(CONFIG_MAP);
    Set<String> defined = new HashSet<>(MeshConfig.of(maps).extensionProviders());
    defined.addAll(BUILT_IN);
    List<Observation> observations = new ArrayList<>();
    for (var telemetry : mesh.all(TELEMETRY)) {
      for (var part : List.of("tracing", "metrics", "accessLogging")) {
        for (var name : telemetry.fields("spec." + part + ".*.providers.*.name")) {
          if (!defined.contains(name.text())) {
            observations.add(
                Observation.of(
                    telemetry,
                    name,
                    "The provider %s of its %s is not defined in the mesh: the entry has no effect."
                        .formatted(name.text(), part)));
          }
        }
      }
    }
    return observations;
  }
}
