package io.bugreport.analyzers.gateway;

import static io.bugreport.model.resource.ResourceKind.GATEWAY;
import static io.bugreport.model.resource.ResourceKind.POD;
import static io.bugreport.model.resource.ResourceKind.SECRET;

import io.bugreport.analyzers.gateway.ServerCertificate.Verdict;
import io.bugreport.analyzers.mesh.Place;
import io.bugreport.analyzers.mesh.PodIndex;
import io.bugreport.analyzers.mesh.Ties;
import io.bugreport.analyzers.mesh.Ties.Topic;
import io.bugreport.model.check.Analyzer;
import io.bugreport.model.check.Check;
import io.bugreport.model.check.Mesh;
import io.bugreport.model.check.Observation;
import io.bugreport.model.check.Source;
import io.bugreport.model.finding.Severity;
import io.bugreport.model.resource.Field;
import io.bugreport.model.resource.Resource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// A gateway's server takes its certificate from a Secret that does not exist (IST0101), or that
/// holds none it can use (IST0161): a key is missing, the certificate cannot be read, or it is not
/// valid at the time of the snapshot. Envoy then opens no listener for the host, or serves an
/// expired certificate; clients see a reset connection or a warning.
///
/// The Secret is looked for in the namespace of the gateway's *pods*, not in that of the `Gateway`
/// object: in each of them, where pods with these labels run in several, which istioctl does not
/// do. `kubernetes://NAME` and `kubernetes-gateway://NAMESPACE/NAME` are understood, other schemes
/// passed over; istioctl reports all of them as missing. So is `credentialNames`, which istioctl
/// does not read.
///
/// Archives hold Secrets with their values redacted. There the summaries of certificates count,
/// which the collector makes before that; they also tell whether the key belongs to the
/// certificate. Where there is no summary it is only seen whether the keys are present, and the
/// check counts as not evaluated.
///
/// ## Fix
///
/// Create the Secret beside the gateway's pods:
///
/// ```sh
/// kubectl get pods -A -l istio=ingressgateway
/// kubectl -n NAMESPACE create secret tls NAME --cert=server.crt --key=server.key
/// ```
///
/// See what one holds and until when it is valid:
///
/// ```sh
/// kubectl -n NAMESPACE get secret NAME -o jsonpath='{.data.tls\.crt}' | base64 -d \
///   | openssl x509 -noout -subject -dates
/// ```
@Check(
    codes = {"IST0101", "IST0161"},
    title = "Gateway whose certificate is missing or unusable",
    severity = Severity.ERROR,
    resources = {GATEWAY, POD, SECRET},
    sources = Source.CERTIFICATES,
    follows = {"GWC-01", "GWC-02", "GWC-03", "GWC-04"},
    istioctlAnalyzer = "gateway.SecretAnalyzer")
public final class GatewayCredential implements Analyzer {
  private static final Comparator<Place> ORDER =
      Comparator.comparing(Place::cluster).thenComparing(Place::namespace);

  private record Secrets(
      Mesh mesh, Map<Place, Map<String, Resource>> byName, SecretCertificates certificates) {
    ServerCertificate.Judgement judge(Resource secret) {
      var judgement = new ServerCertificate(secret).at(mesh.collectedAt());
      if (judgement.verdict() != Verdict.UNSEEN) {
        return judgement;
      }
      var summary = certificates.of(secret.id());
      if (summary.isPresent()) {
        return ServerCertificate.of(summary.get(), mesh.collectedAt());
      }
      return certificates.sawSecretsOf(secret.id().cluster()) ? ServerCertificate.NONE : judgement;
    }
  }

  @Override
  public List<Observation> analyze(Mesh mesh) throws IOException {
    var pods = new PodIndex(mesh.all(POD));
    var secrets = new Secrets(mesh, new HashMap<>(), new SecretCertificates(mesh));
    for (var secret : mesh.all(SECRET)) {
      secrets
          .byName()
          .computeIfAbsent(Place.of(secret), _ -> new HashMap<>())
          .put(secret.name(), secret);
    }
    Map<Map<String, String>, TreeSet<Place>> places = new HashMap<>();
    List<Observation> observations = new ArrayList<>();
    for (var gateway : mesh.all(GATEWAY)) {
      var where =
          places.computeIfAbsent(
              gateway.texts("spec.selector"),
              selector -> {
                var found = new TreeSet<Place>(ORDER);
                pods.selected(selector).forEach(pod -> found.add(Place.of(pod)));
                return found;
              });
      if (where.isEmpty()) {
        observations.add(GatewaySelector.unmatched(gateway));
        continue;
      }
      for (var name : names(gateway)) {
        for (var place : where) {
          judge(gateway, name, place, secrets, observations);
        }
      }
    }
    return Ties.about(Topic.GATEWAY_CERTIFICATES, observations);
  }

  private static List<Field> names(Resource gateway) {
    List<Field> names = new ArrayList<>();
    for (var tls : gateway.fields("spec.servers.*.tls")) {
      tls.named("credentialName").ifPresent(names::add);
      names.addAll(tls.fields("credentialNames.*"));
    }
    names.removeIf(name -> name.text().isEmpty());
    return names;
  }

  private static void judge(
      Resource gateway, Field name, Place pods, Secrets secrets, List<Observation> observations) {
    var reference = CredentialName.parse(name.text(), pods.namespace());
    if (reference.isEmpty()) {
      return;
    }
    var place = new Place(pods.cluster(), reference.get().namespace());
    var secret = secrets.byName().getOrDefault(place, Map.of()).get(reference.get().name());
    if (secret == null) {
      observations.add(
          Observation.of(
              gateway,
              name,
              "There is no Secret %s in %s, for the gateway's pods there."
                  .formatted(
                      reference.get().name(),
                      place.namespace().isEmpty()
                          ? "their namespace"
                          : "namespace " + place.namespace())));
      return;
    }
    var judgement = secrets.judge(secret);
    if (judgement.verdict() == Verdict.UNSEEN) {
      secrets.mesh().unseen(secret.id().toString(), judgement.why());
    } else if (judgement.verdict() == Verdict.UNSOUND) {
      observations.add(
          Observation.of(gateway, name, "%s %s.".formatted(secret.id(), judgement.why()))
              .code("IST0161")
              .and(secret.location())
              .with(secret.id()));
    }
  }
}
