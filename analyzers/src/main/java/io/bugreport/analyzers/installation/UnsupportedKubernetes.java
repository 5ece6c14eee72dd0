package io.bugreport.analyzers.installation;

import static io.bugreport.model.resource.ResourceKind.DEPLOYMENT;

import io.bugreport.analyzers.mesh.IstiodVersion;
import io.bugreport.model.check.Analyzer;
import io.bugreport.model.check.Check;
import io.bugreport.model.check.Mesh;
import io.bugreport.model.check.Observation;
import io.bugreport.model.finding.Severity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// The cluster's Kubernetes is older than what this release of Istio supports. Interfaces that
/// istiod relies on may be missing, and nobody tests the combination.
///
/// The release of Istio is taken from the tag of istiod's image, the version of Kubernetes from the
/// API server. The lowest supported versions are those of Istio's page "Supported Releases"; from
/// Istio 1.22 on it is at least 1.27, and newer releases may need more.
///
/// ## Fix
///
/// Upgrade Kubernetes, or stay with a release of Istio that supports it:
///
/// ```sh
/// kubectl version
/// istioctl version
/// ```
@Check(
    codes = "IST0142",
    title = "Kubernetes too old for this Istio",
    severity = Severity.ERROR,
    resources = DEPLOYMENT)
public final class UnsupportedKubernetes implements Analyzer {
  private static final int NEWEST = 22;
  private static final Map<Integer, Integer> LOWEST =
      Map.of(13, 20, 14, 21, 15, 22, 16, 22, 17, 23, 18, 24, 19, 25, 20, 25, 21, 26, NEWEST, 27);
  private static final Pattern VERSION = Pattern.compile("v?1\\.(\\d{1,3})\\b.*");

  @Override
  public List<Observation> analyze(Mesh mesh) throws IOException {
    List<Observation> observations = new ArrayList<>();
    for (var deployment : mesh.all(DEPLOYMENT)) {
      var lowest =
          IstiodVersion.of(deployment).map(istiod -> LOWEST.get(Math.min(istiod.minor(), NEWEST)));
      if (lowest.isEmpty()) {
        continue;
      }
      var cluster = deployment.id().cluster();
      var kubernetes = mesh.kubernetesVersion(cluster);
      var version = VERSION.matcher(kubernetes.orElse(""));
      if (!version.matches()) {
        mesh.unseen("version of Kubernetes in " + cluster, "not in this archive");
      } else if (Integer.parseInt(version.group(1)) < lowest.get()) {
        observations.add(
            Observation.of(
                deployment,
                "Kubernetes is %s here; this release of Istio needs 1.%d or newer."
                    .formatted(kubernetes.orElse(""), lowest.get())));
      }
    }
    return observations;
  }
}
