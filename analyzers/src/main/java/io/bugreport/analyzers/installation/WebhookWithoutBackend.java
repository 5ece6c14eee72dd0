package io.bugreport.analyzers.installation;

import static io.bugreport.model.resource.ResourceKind.ENDPOINT_SLICE;
import static io.bugreport.model.resource.ResourceKind.MUTATING_WEBHOOK;
import static io.bugreport.model.resource.ResourceKind.SERVICE;
import static io.bugreport.model.resource.ResourceKind.VALIDATING_WEBHOOK;

import io.bugreport.analyzers.mesh.Ties;
import io.bugreport.analyzers.mesh.Ties.Topic;
import io.bugreport.model.check.Analyzer;
import io.bugreport.model.check.Check;
import io.bugreport.model.check.Mesh;
import io.bugreport.model.check.Observation;
import io.bugreport.model.finding.Severity;
import io.bugreport.model.resource.Field;
import io.bugreport.model.resource.Resource;
import io.bugreport.model.resource.ResourceId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// A webhook of Istio calls a Service that does not exist, or has no ready endpoint. With
/// `failurePolicy: Fail` the API server refuses whatever it would have sent there: no pod with
/// injection can be created, or no configuration of Istio be written. With `Ignore`, pods are
/// created without proxies, and nobody notices.
///
/// Either istiod does not run, or the webhook was left by a revision, or a tag, that is gone.
///
/// ## Fix
///
/// See what stands behind it:
///
/// ```sh
/// kubectl -n NAMESPACE get service,endpointslices,pods -l app=istiod
/// ```
///
/// If the revision is meant to run, bring its istiod back. If it was removed, remove what it left;
/// a tag can be pointed to another revision:
///
/// ```sh
/// istioctl tag list
/// istioctl tag set TAG --revision REVISION --overwrite
/// kubectl delete mutatingwebhookconfiguration NAME
/// ```
@Check(
    codes = "INS-02",
    title = "Webhook of Istio without anything behind it",
    severity = Severity.CRITICAL,
    resources = {MUTATING_WEBHOOK, VALIDATING_WEBHOOK, SERVICE, ENDPOINT_SLICE})
public final class WebhookWithoutBackend implements Analyzer {
  private static final String SERVICE_NAME = "kubernetes.io/service-name";

  @Override
  public List<Observation> analyze(Mesh mesh) throws IOException {
    Set<String> clusters = new HashSet<>();
    Set<ResourceId> services = new HashSet<>();
    Set<ResourceId> external = new HashSet<>();
    for (var service : mesh.all(SERVICE)) {
      services.add(service.id());
      clusters.add(service.id().cluster());
      if (service.text("spec.type").equals("ExternalName")) {
        external.add(service.id());
      }
    }
    Set<String> sliced = new HashSet<>();
    Set<ResourceId> ready = new HashSet<>(external);
    for (var slice : mesh.all(ENDPOINT_SLICE)) {
      sliced.add(slice.id().cluster());
      if (slice.fields("endpoints.*").stream().anyMatch(WebhookWithoutBackend::isReady)) {
        ready.add(
            service(
                slice.id().cluster(),
                slice.namespace(),
                slice.labels().getOrDefault(SERVICE_NAME, "")));
      }
    }
    List<Observation> observations = new ArrayList<>();
    for (var kind : List.of(MUTATING_WEBHOOK, VALIDATING_WEBHOOK)) {
      for (var configuration : mesh.all(kind)) {
        var cluster = configuration.id().cluster();
        if (!clusters.contains(cluster)) {
          continue;
        }
        for (var dead : byService(configuration).entrySet()) {
          var service = dead.getKey();
          var problem =
              !services.contains(service)
                  ? "which does not exist"
                  : sliced.contains(cluster) && !ready.contains(service)
                      ? "which has no ready endpoint"
                      : "";
          if (!problem.isEmpty()) {
            observations.add(
                observation(configuration, service, problem, dead.getValue()).with(service));
          }
        }
      }
    }
    return Ties.about(Topic.WEBHOOKS, observations);
  }

  private static boolean isReady(Field endpoint) {
    // Absent counts as ready, see the API of EndpointSlice.
    return !endpoint.text("conditions.ready").equals("false");
  }

  private static ResourceId service(String cluster, String namespace, String name) {
    return new ResourceId(cluster, "", "Service", namespace, name);
  }

  /// The webhooks of Istio in a configuration, by the Service that they call.
  private static Map<ResourceId, List<Field>> byService(Resource configuration) {
    Map<ResourceId, List<Field>> byService = new LinkedHashMap<>();
    for (var webhook : configuration.fields("webhooks.*")) {
      var service = webhook.field("clientConfig.service");
      if (webhook.text("name").endsWith("istio.io") && service.isPresent()) {
        byService
            .computeIfAbsent(
                service(
                    configuration.id().cluster(),
                    service.get().text("namespace"),
                    service.get().text("name")),
                _ -> new ArrayList<>())
            .add(webhook);
      }
    }
    return byService;
  }

  private static Observation observation(
      Resource configuration, ResourceId service, String problem, List<Field> webhooks) {
    var mutates = configuration.id().kind().startsWith("Mutating");
    Set<String> policies = new TreeSet<>();
    webhooks.forEach(w -> policies.add(w.text("failurePolicy")));
    // Since v1 of the API an absent policy means Fail.
    var fails = !policies.equals(Set.of("Ignore"));
    var consequence =
        fails
            ? mutates
                ? "Pods that it selects cannot be created."
                : "Configuration of Istio cannot be written."
            : mutates
                ? "Pods that it selects are created without proxies."
                : "Configuration of Istio is written without being looked at.";
    var place = Optional.of(webhooks.getFirst()).flatMap(w -> w.field("clientConfig.service.name"));
    var observation =
        Observation.of(
            configuration,
            place.orElse(webhooks.getFirst()),
            "It calls the Service %s/%s, %s. %s"
                .formatted(service.namespace(), service.name(), problem, consequence));
    return fails ? observation : observation.severity(mutates ? Severity.ERROR : Severity.INFO);
  }
}
