package io.bugreport.analyzers.injection;

import static io.bugreport.model.resource.ResourceKind.NAMESPACE;

import io.bugreport.model.check.Analyzer;
import io.bugreport.model.check.Check;
import io.bugreport.model.check.Mesh;
import io.bugreport.model.check.Observation;
import io.bugreport.model.finding.Severity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// A namespace has several labels of which each by itself decides how its pods take part in the
/// mesh: `istio-injection`, `istio.io/rev` and `istio.io/dataplane-mode`. Only one of them counts.
/// `istio-injection` hides a revision, so an upgrade by `istio.io/rev` changes nothing; a namespace
/// that asks for sidecars is not in ambient mode.
///
/// ## Fix
///
/// Keep the one that is meant, and restart the workloads. During an upgrade by revisions:
///
/// ```sh
/// kubectl label namespace NAMESPACE istio-injection- istio.io/rev=REVISION --overwrite
/// kubectl -n NAMESPACE rollout restart deployment
/// ```
@Check(
    codes = "IST0123",
    title = "Contradictory injection labels of a namespace",
    severity = Severity.WARNING,
    resources = NAMESPACE,
    istioctlAnalyzer = "injection.Analyzer")
public final class ContradictoryNamespaceLabels implements Analyzer {

  @Override
  public List<Observation> analyze(Mesh mesh) throws IOException {
    List<Observation> observations = new ArrayList<>();
    for (var namespace : mesh.all(NAMESPACE)) {
      var deciding = NamespaceLabels.deciding(namespace);
      if (deciding.size() > 1) {
        observations.add(
            Observation.of(
                namespace,
                "The namespace is labelled %s; only one of them takes effect."
                    .formatted(String.join(" and ", deciding))));
      }
    }
    return observations;
  }
}
