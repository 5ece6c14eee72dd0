package io.bugreport.analyzers.injection;

import static io.bugreport.model.resource.ResourceKind.DEPLOYMENT;
import static io.bugreport.model.resource.ResourceKind.POD;

import io.bugreport.model.check.Analyzer;
import io.bugreport.model.check.Check;
import io.bugreport.model.check.Mesh;
import io.bugreport.model.check.Observation;
import io.bugreport.model.finding.Severity;
import io.bugreport.model.resource.Field;
import io.bugreport.model.resource.Resource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// An application runs as user 1337, the user of the proxy. The rules that lead traffic into the
/// proxy let this user pass, so that the proxy does not catch its own: all that the application
/// sends leaves the pod past the mesh, without mutual TLS, routes and policies.
///
/// ## Fix
///
/// Run the application as any other user:
///
/// ```yaml
/// securityContext:
///   runAsUser: 1000
/// ```
@Check(
    codes = "IST0144",
    title = "Application that runs as the proxy's user",
    severity = Severity.WARNING,
    resources = {POD, DEPLOYMENT},
    istioctlAnalyzer = "applicationUID.Analyzer")
public final class ApplicationRunsAsProxyUser implements Analyzer {
  private static final String PROXY_USER = "1337";
  private static final Set<String> OF_ISTIO = Set.of("istio-proxy", "istio-operator");

  @Override
  public List<Observation> analyze(Mesh mesh) throws IOException {
    List<Observation> observations = new ArrayList<>();
    for (var pod : mesh.all(POD)) {
      pod.field("spec").ifPresent(spec -> judge(pod, spec, observations));
    }
    for (var deployment : mesh.all(DEPLOYMENT)) {
      deployment
          .field("spec.template.spec")
          .ifPresent(spec -> judge(deployment, spec, observations));
    }
    return observations;
  }

  private static void judge(Resource resource, Field spec, List<Observation> observations) {
    var labels = resource.labels();
    if (labels.containsKey("istio") || labels.getOrDefault("release", "").equals("istio")) {
      return;
    }
    user(spec)
        .ifPresent(
            user ->
                observations.add(
                    Observation.of(
                        resource,
                        user,
                        "The application runs as user 1337, so its traffic passes the proxy by.")));
  }

  private static Optional<Field> user(Field spec) {
    return Stream.concat(
            Stream.of(spec),
            spec.fields("containers.*").stream().filter(c -> !OF_ISTIO.contains(c.text("name"))))
        .flatMap(owner -> owner.field("securityContext.runAsUser").stream())
        .filter(user -> user.text().equals(PROXY_USER))
        .findFirst();
  }
}
