package io.bugreport.analyzers.envoy;

import static io.bugreport.model.endpoint.Endpoint.ENVOY_CONFIG_DUMP;

import io.bugreport.analyzers.mesh.Age;
import io.bugreport.analyzers.mesh.Thresholds;
import io.bugreport.analyzers.mesh.Ties;
import io.bugreport.analyzers.mesh.Ties.Topic;
import io.bugreport.model.check.Check;
import io.bugreport.model.check.Mesh;
import io.bugreport.model.check.Observation;
import io.bugreport.model.check.ProxyAnalyzer;
import io.bugreport.model.check.ProxyPass;
import io.bugreport.model.check.ProxyReader;
import io.bugreport.model.envoy.ConfigDump.Entry;
import io.bugreport.model.envoy.ProtoJson;
import io.bugreport.model.envoy.Section;
import io.bugreport.model.finding.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A proxy has been given something that it cannot use yet, because a part of it does not come.
///
/// - `GWC-05`: a secret that it asked istiod for has not come: the certificate of a gateway's port,
///   or of a `DestinationRule`. The port opens without it and resets connections.
/// - `ENV-03`, a warning, since it follows from another: a listener or a cluster has been warming
///   for a minute: it waits for its secret, its routes or its endpoints. Until then the proxy goes
///   on with what it had before.
///
/// istiod does not send a secret that does not exist in the namespace of the proxy's pod, that
/// lacks its keys, or that the pod's service account may not read; its log says which.
///
/// ## Fix
///
/// ```sh
/// istioctl proxy-config secret POD.NAMESPACE
/// kubectl -n istio-system logs deploy/istiod | grep -iE 'secret|credential'
/// kubectl -n NAMESPACE get secret NAME
/// ```
@Check(
    codes = {"ENV-03", "GWC-05"},
    title = "Configuration that waits for a part that does not come",
    severity = Severity.ERROR,
    endpoints = ENVOY_CONFIG_DUMP,
    follows = "*")
public final class WarmingConfiguration implements ProxyAnalyzer<List<Observation>> {
  private static final String ADDED_VALIDATION = "-cacert";

  @Override
  public List<Observation> analyze(Mesh mesh) {
    return Ties.about(
        Topic.GATEWAY_CERTIFICATES, mesh.proxies(this).stream().flatMap(List::stream).toList());
  }

  @Override
  public Set<Section> sections() {
    return Set.of(Section.SECRETS, Section.CLUSTERS, Section.LISTENERS);
  }

  @Override
  public Set<Section> heads() {
    return sections();
  }

  @Override
  public ProxyReader<List<Observation>> reader(ProxyPass pass) {
    List<Observation> observations = new ArrayList<>();
    return new ProxyReader<>() {
      @Override
      public void entry(Entry entry) {
        observation(pass, entry).ifPresent(observations::add);
      }

      @Override
      public List<Observation> result() {
        return observations;
      }
    };
  }

  private static Optional<Observation> observation(ProxyPass pass, Entry entry) {
    return switch (entry.list()) {
      case "dynamic_warming_secrets" -> secret(pass, entry);
      case "dynamic_warming_clusters" ->
          warming(pass, entry, ProtoJson.text(entry.content(), "last_updated"));
      case "dynamic_listeners" ->
          ProtoJson.field(entry.content(), "warming_state")
              .flatMap(state -> warming(pass, entry, ProtoJson.text(state, "last_updated")));
      default -> Optional.empty();
    };
  }

  private static Optional<Observation> secret(ProxyPass pass, Entry entry) {
    var name = entry.name().orElse("");
    // Asked for in case it exists; a server that does not check clients does without.
    return name.endsWith(ADDED_VALIDATION)
        ? Optional.empty()
        : Optional.of(
            Observation.of(
                    pass.pod(),
                    entry.content().location(),
                    "The proxy has asked for the secret %s and has not got it.".formatted(name))
                .code("GWC-05"));
  }

  private static Optional<Observation> warming(ProxyPass pass, Entry entry, String since) {
    return Age.isAtLeast(Thresholds.WARMING, since, pass.collectedAt())
        ? Optional.of(
            Observation.of(
                    pass.pod(),
                    entry.content().location(),
                    "The %s %s has been warming since %s: it waits for a secret, routes or endpoints that do not come."
                        .formatted(
                            entry.section().word(), entry.name().orElse("without a name"), since))
                .severity(Severity.WARNING))
        : Optional.empty();
  }
}
