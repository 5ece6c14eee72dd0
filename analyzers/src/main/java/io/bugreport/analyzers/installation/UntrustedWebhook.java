package io.bugreport.analyzers.installation;

import static io.bugreport.model.resource.ResourceKind.CONFIG_MAP;
import static io.bugreport.model.resource.ResourceKind.DEPLOYMENT;
import static io.bugreport.model.resource.ResourceKind.MUTATING_WEBHOOK;
import static io.bugreport.model.resource.ResourceKind.VALIDATING_WEBHOOK;

import io.bugreport.analyzers.mesh.ControlPlane;
import io.bugreport.analyzers.mesh.Pem;
import io.bugreport.analyzers.mesh.Ties;
import io.bugreport.analyzers.mesh.Ties.Topic;
import io.bugreport.model.check.Analyzer;
import io.bugreport.model.check.Check;
import io.bugreport.model.check.Mesh;
import io.bugreport.model.check.Observation;
import io.bugreport.model.finding.Severity;
import io.bugreport.model.resource.Field;
import io.bugreport.model.resource.Resource;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The API server calls a webhook of Istio only if it trusts istiod's certificate, and what it
/// trusts is the `caBundle` of the webhook. This one is empty, cannot be read, or holds none of the
/// mesh's roots: every call fails with `x509: certificate signed by unknown authority`. Pods with
/// injection cannot be created, or configuration cannot be written.
///
/// istiod writes the bundle by itself. Where it does not stay, something else writes the webhook
/// again: a GitOps tool, or `helm upgrade` with server-side apply. After a change of the CA it may
/// be the old one.
///
/// Meshes whose istiod has its certificate from elsewhere (`PILOT_CERT_PROVIDER`) are left alone.
///
/// ## Fix
///
/// A restarted istiod writes the bundle anew; see whether it stays:
///
/// ```sh
/// kubectl -n istio-system rollout restart deployment istiod
/// kubectl get mutatingwebhookconfiguration NAME -o jsonpath='{.webhooks[0].clientConfig.caBundle}' \
///   | base64 -d | openssl x509 -noout -subject -enddate
/// ```
///
/// Tell a GitOps tool to leave the field `webhooks[*].clientConfig.caBundle` alone.
@Check(
    codes = "INS-03",
    title = "Webhook whose CA bundle does not fit the mesh",
    severity = Severity.CRITICAL,
    resources = {MUTATING_WEBHOOK, VALIDATING_WEBHOOK, CONFIG_MAP, DEPLOYMENT})
public final class UntrustedWebhook implements Analyzer {
  private static final String ROOT = "istio-ca-root-cert";
  private static final String KEY = "root-cert.pem";

  private record Place(String cluster, String namespace) {}

  @Override
  public List<Observation> analyze(Mesh mesh) throws IOException {
    var controlPlane = ControlPlane.of(mesh.all(DEPLOYMENT));
    Map<Place, Set<X509Certificate>> roots = new HashMap<>();
    for (var map : mesh.all(CONFIG_MAP)) {
      if (map.name().equals(ROOT)) {
        var pem = map.field("data").flatMap(d -> d.named(KEY)).map(Field::text).orElse("");
        var certificates = Pem.certificates(pem);
        if (!certificates.isEmpty()) {
          roots.put(new Place(map.id().cluster(), map.namespace()), new HashSet<>(certificates));
        }
      }
    }
    List<Observation> observations = new ArrayList<>();
    for (var kind : List.of(MUTATING_WEBHOOK, VALIDATING_WEBHOOK)) {
      for (var configuration : mesh.all(kind)) {
        for (var webhook : configuration.fields("webhooks.*")) {
          var service = webhook.field("clientConfig.service");
          if (!webhook.text("name").endsWith("istio.io") || service.isEmpty()) {
            continue;
          }
          var place = new Place(configuration.id().cluster(), service.get().text("namespace"));
          if (signsItself(controlPlane, place) && roots.containsKey(place)) {
            var problem = problem(webhook, roots.get(place));
            if (problem.isPresent()) {
              observations.add(observation(configuration, webhook, problem.get()));
              break;
            }
          }
        }
      }
    }
    return Ties.about(Topic.WEBHOOKS, observations);
  }

  /// Whether istiod makes its own certificate. With none to be seen, nobody knows.
  private static boolean signsItself(ControlPlane controlPlane, Place place) {
    var istiods =
        controlPlane.in(place.cluster()).stream()
            .filter(d -> d.namespace().equals(place.namespace()))
            .toList();
    return !istiods.isEmpty()
        && istiods.stream()
            .map(d -> ControlPlane.env(d, "PILOT_CERT_PROVIDER").orElse("istiod"))
            .allMatch("istiod"::equals);
  }

  private static Optional<String> problem(Field webhook, Set<X509Certificate> roots) {
    var bundle = webhook.text("clientConfig.caBundle");
    if (bundle.isEmpty()) {
      return Optional.of("has no CA bundle");
    }
    var trusted = Pem.encodedCertificates(bundle);
    if (trusted.isEmpty()) {
      return Optional.of("has a CA bundle that holds no certificate");
    }
    return Collections.disjoint(trusted, roots)
        ? Optional.of(
            "trusts %s, which is no root of this mesh"
                .formatted(trusted.getFirst().getSubjectX500Principal().getName()))
        : Optional.empty();
  }

  private static Observation observation(Resource configuration, Field webhook, String problem) {
    var consequence =
        configuration.id().kind().startsWith("Mutating")
            ? "no pod that it selects can be created"
            : "no configuration of Istio can be written";
    var observation =
        Observation.of(
            configuration,
            webhook.field("clientConfig.caBundle").orElse(webhook),
            "The webhook %s %s. The API server does not believe istiod, and %s."
                .formatted(webhook.text("name"), problem, consequence));
    if (!webhook.text("failurePolicy").equals("Ignore")) {
      return observation;
    }
    // The chart of the kinds brings a validator that nobody fills until there is a default
    // revision.
    return observation.severity(
        configuration.id().kind().startsWith("Mutating") ? Severity.ERROR : Severity.INFO);
  }
}
