package io.bugreport.analyzers.installation;

import static io.bugreport.model.resource.ResourceKind.CRD;

import io.bugreport.model.check.Analyzer;
import io.bugreport.model.check.Check;
import io.bugreport.model.check.Mesh;
import io.bugreport.model.check.Observation;
import io.bugreport.model.finding.Severity;
import io.bugreport.model.resource.Resource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// A kind of the Gateway API was installed from a release that is older than what Istio needs of
/// it. istiod then ignores the kind, and says so only in its log.
///
/// The release stands in the annotation `gateway.networking.k8s.io/bundle-version` of the
/// definition; one without it, or with something else in it, is not judged. Needed are 1.1.0 for
/// `GRPCRoute`, 1.4.0 for `BackendTLSPolicy`, 1.5.0 for `TLSRoute` and 1.6.0 for `TCPRoute`.
///
/// ## Fix
///
/// Install the definitions of a newer release of the Gateway API; kinds that are still experimental
/// come with its experimental channel:
///
/// ```sh
/// kubectl get crd -o custom-columns=\
/// 'NAME:.metadata.name,RELEASE:.metadata.annotations.gateway\.networking\.k8s\.io/bundle-version' \
///   | grep gateway
/// ```
@Check(
    codes = "IST0176",
    title = "Gateway API older than Istio needs",
    severity = Severity.WARNING,
    resources = CRD,
    istioctlAnalyzer = "k8sgateway.CRDVersionAnalyzer")
public final class OldGatewayApi implements Analyzer {
  private static final String RELEASE = "gateway.networking.k8s.io/bundle-version";
  private static final Map<String, int[]> NEEDED =
      Map.of(
          "grpcroutes.gateway.networking.k8s.io", new int[] {1, 1, 0},
          "backendtlspolicies.gateway.networking.k8s.io", new int[] {1, 4, 0},
          "tlsroutes.gateway.networking.k8s.io", new int[] {1, 5, 0},
          "tcproutes.gateway.networking.k8s.io", new int[] {1, 6, 0});
  private static final Pattern VERSION =
      Pattern.compile("v?(\\d{1,4})\\.(\\d{1,4})\\.(\\d{1,4})([-+].*)?");

  @Override
  public List<Observation> analyze(Mesh mesh) throws IOException {
    List<Observation> observations = new ArrayList<>();
    for (var crd : mesh.all(CRD)) {
      var needed = NEEDED.get(crd.name());
      if (needed != null) {
        release(crd)
            .filter(installed -> Arrays.compare(installed, needed) < 0)
            .ifPresent(_ -> observations.add(observation(crd, needed)));
      }
    }
    return observations;
  }

  private static Optional<int[]> release(Resource crd) {
    var version = VERSION.matcher(crd.annotations().getOrDefault(RELEASE, ""));
    return version.matches()
        ? Optional.of(
            new int[] {
              Integer.parseInt(version.group(1)),
              Integer.parseInt(version.group(2)),
              Integer.parseInt(version.group(3))
            })
        : Optional.empty();
  }

  private static Observation observation(Resource crd, int[] needed) {
    return Observation.of(
        crd,
        crd.field("metadata.annotations").flatMap(all -> all.named(RELEASE)).orElse(crd.root()),
        "It is of release %s; Istio needs %d.%d.%d or newer."
            .formatted(crd.annotations().get(RELEASE), needed[0], needed[1], needed[2]));
  }
}
