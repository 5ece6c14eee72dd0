package io.bugreport.analyzers.telemetry;

import static io.bugreport.model.resource.ResourceKind.TELEMETRY;

import io.bugreport.model.check.Analyzer;
import io.bugreport.model.check.Check;
import io.bugreport.model.check.Mesh;
import io.bugreport.model.check.Observation;
import io.bugreport.model.finding.Severity;
import io.bugreport.model.resource.Resource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// A namespace has several `Telemetry` objects that each hold for all of its workloads. Istio
/// applies the oldest and ignores the others, so settings that look active are not.
///
/// Objects for certain targets (`targetRef`, `targetRefs`) hold only for those and are not counted,
/// although istioctl does so.
///
/// ## Fix
///
/// Merge them into one, or limit all but one to workloads:
///
/// ```yaml
/// spec:
///   selector: {matchLabels: {app: reviews}}
/// ```
@Check(
    codes = "IST0160",
    title = "Several Telemetry objects for a whole namespace",
    severity = Severity.ERROR,
    resources = TELEMETRY,
    istioctlAnalyzer = "telemetry.DefaultSelectorAnalyzer")
public final class SeveralNamespaceTelemetries implements Analyzer {

  @Override
  public List<Observation> analyze(Mesh mesh) throws IOException {
    Map<String, List<Resource>> byNamespace = new TreeMap<>();
    for (var telemetry : mesh.all(TELEMETRY)) {
      if (holdsForAll(telemetry)) {
        byNamespace
            .computeIfAbsent(
                telemetry.id().cluster() + "/" + telemetry.namespace(), _ -> new ArrayList<>())
            .add(telemetry);
      }
    }
    List<Observation> observations = new ArrayList<>();
    for (var competing : byNamespace.values()) {
      for (var one : competing) {
        if (competing.size() > 1) {
          observations.add(observation(one, competing));
        }
      }
    }
    return observations;
  }

  private static boolean holdsForAll(Resource telemetry) {
    return telemetry.field("spec.selector").isEmpty()
        && telemetry.field("spec.targetRef").isEmpty()
        && telemetry.fields("spec.targetRefs.*").isEmpty();
  }

  private static Observation observation(Resource one, List<Resource> competing) {
    var others = competing.stream().filter(other -> !other.equals(one)).toList();
    var observation =
        Observation.of(
            one,
            "It holds for the whole namespace, and so does %s; only the oldest is applied."
                .formatted(others.stream().map(Resource::name).collect(Collectors.joining(", "))));
    for (var other : others) {
      observation = observation.with(other.id());
    }
    return observation;
  }
}
