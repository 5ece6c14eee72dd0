package com.example.mesh;

import io.bugreport.model.check.Analyzer;
import io.bugreport.model.check.Check;
import io.bugreport.model.check.Mesh;
import io.bugreport.model.check.Observation;
import io.bugreport.model.finding.Severity;
import io.bugreport.model.resource.ResourceKind;
import java.io.IOException;
import java.util.List;

/// A Service says with the label `example.com/team` who is called at night. Without it, nobody is.
///
/// ## Fix
///
/// Name the team:
///
/// ```sh
/// kubectl -n NAMESPACE label service NAME example.com/team=TEAM
/// ```
@Check(
    codes = "EXAMPLE-01",
    title = "Service that no team answers for",
    severity = Severity.WARNING,
    resources = ResourceKind.SERVICE)
public final class ServiceWithoutTeam implements Analyzer {
  private static final String TEAM = "example.com/team";

  @Override
  public List<Observation> analyze(Mesh mesh) throws IOException {
    return mesh.all(ResourceKind.SERVICE).stream()
        .filter(service -> service.labels().getOrDefault(TEAM, "").isBlank())
        .map(service -> Observation.of(service, "The label " + TEAM + " is missing."))
        .toList();
  }
}
