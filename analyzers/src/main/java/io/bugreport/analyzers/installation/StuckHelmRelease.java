package io.bugreport.analyzers.installation;

import static io.bugreport.model.resource.ResourceKind.CONFIG_MAP;
import static io.bugreport.model.resource.ResourceKind.DEPLOYMENT;
import static io.bugreport.model.resource.ResourceKind.SECRET;

import io.bugreport.analyzers.mesh.Age;
import io.bugreport.analyzers.mesh.ControlPlane;
import io.bugreport.analyzers.mesh.Thresholds;
import io.bugreport.model.check.Analyzer;
import io.bugreport.model.check.Check;
import io.bugreport.model.check.Mesh;
import io.bugreport.model.check.Observation;
import io.bugreport.model.finding.Severity;
import io.bugreport.model.resource.Resource;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The newest revision of a Helm release of Istio has failed, or an upgrade was cut off and still
/// holds the release. Helm then refuses every further upgrade (`another operation
/// (install/upgrade/rollback) is in progress`), and what runs may be half of the old version and
/// half of the new one.
///
/// Looked at are releases whose name speaks of Istio or ztunnel, and all in a namespace with an
/// istiod. An operation that is pending counts after 15 minutes.
///
/// ## Fix
///
/// See what happened, and go back to the last revision that was deployed:
///
/// ```sh
/// helm -n NAMESPACE history RELEASE
/// helm -n NAMESPACE rollback RELEASE REVISION
/// ```
///
/// Then upgrade again, with `--wait` and a timeout that is long enough.
@Check(
    codes = "INS-01",
    title = "Helm release that is stuck or failed",
    severity = Severity.ERROR,
    resources = {SECRET, CONFIG_MAP, DEPLOYMENT})
public final class StuckHelmRelease implements Analyzer {

  private record Release(String cluster, String namespace, String name) {}

  @Override
  public List<Observation> analyze(Mesh mesh) throws IOException {
    var controlPlane = ControlPlane.of(mesh.all(DEPLOYMENT));
    Map<Release, Resource> newest = new LinkedHashMap<>();
    // Helm keeps revisions in Secrets, or, as an option, in ConfigMaps with the same labels.
    for (var kind : List.of(SECRET, CONFIG_MAP)) {
      for (var revision : mesh.all(kind)) {
        var name = revision.labels().getOrDefault("name", "");
        if (revision.labels().getOrDefault("owner", "").equals("helm")
            && version(revision) > 0
            && isOfIstio(revision, name, controlPlane)) {
          newest.merge(
              new Release(revision.id().cluster(), revision.namespace(), name),
              revision,
              (one, other) -> version(one) >= version(other) ? one : other);
        }
      }
    }
    List<Observation> observations = new ArrayList<>();
    newest.forEach(
        (release, revision) ->
            problem(revision, mesh.collectedAt())
                .ifPresent(
                    problem ->
                        observations.add(
                            Observation.of(
                                revision,
                                revision.field("metadata.labels.status").orElse(revision.root()),
                                "Revision %d of the Helm release %s %s."
                                    .formatted(version(revision), release.name(), problem)))));
    return observations;
  }

  private static boolean isOfIstio(Resource revision, String name, ControlPlane controlPlane) {
    return name.contains("istio")
        || name.contains("ztunnel")
        || controlPlane.namespaces(revision.id().cluster()).contains(revision.namespace());
  }

  private static int version(Resource revision) {
    try {
      return Integer.parseInt(revision.labels().getOrDefault("version", ""));
    } catch (NumberFormatException _) {
      return 0;
    }
  }

  private static Optional<String> problem(Resource revision, Instant now) {
    var status = revision.labels().getOrDefault("status", "");
    if (status.equals("failed")) {
      return Optional.of("failed");
    }
    if (!status.startsWith("pending-") && !status.equals("uninstalling")) {
      return Optional.empty();
    }
    return since(revision, now)
        .filter(age -> age.compareTo(Thresholds.HELM_PENDING) >= 0)
        .map(
            age ->
                "has been %s for %s, so Helm refuses any other operation on it"
                    .formatted(status, Age.text(age)));
  }

  private static Optional<Duration> since(Resource revision, Instant now) {
    try {
      var modified = Long.parseLong(revision.labels().getOrDefault("modifiedAt", ""));
      return Optional.of(Duration.between(Instant.ofEpochSecond(modified), now));
    } catch (NumberFormatException _) {
      return Age.of(revision.text("metadata.creationTimestamp"), now);
    }
  }
}
