package io.bugreport.analyzers.dns;

import static io.bugreport.model.resource.ResourceKind.CONFIG_MAP;
import static io.bugreport.model.resource.ResourceKind.POD;

import io.bugreport.analyzers.mesh.Containers;
import io.bugreport.analyzers.mesh.Injection;
import io.bugreport.analyzers.mesh.MeshConfig;
import io.bugreport.model.check.Analyzer;
import io.bugreport.model.check.Check;
import io.bugreport.model.check.Mesh;
import io.bugreport.model.check.Observation;
import io.bugreport.model.finding.Severity;
import io.bugreport.model.resource.Field;
import io.bugreport.model.resource.Resource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The mesh, or the pod itself, turns the DNS proxy on (`ISTIO_META_DNS_CAPTURE`), and a pod's
/// lookups do not reach it. Hosts of ServiceEntries do not resolve there, while other pods resolve
/// them.
///
/// - The pod was created before the mesh turned it on: its proxy lacks the setting.
/// - The agent answers, and nothing redirects lookups to it: port 53 is taken out of redirection
///   (`traffic.sidecar.istio.io/excludeOutboundPorts`), or the pod names no DNS server (`dnsPolicy:
///   None`), or it uses the host's network.
///
/// Pods that turn it off themselves are left alone. So are gateways, which have no DNS proxy unless
/// they ask for one.
///
/// ## Fix
///
/// A pod that was created earlier gets the setting when it is created anew:
///
/// ```sh
/// kubectl -n NAMESPACE rollout restart deployment NAME
/// ```
///
/// Otherwise take 53 out of the annotation, or name a server in `dnsConfig.nameservers`. What the
/// redirection became is in the log of the container that set it up:
///
/// ```sh
/// kubectl -n NAMESPACE logs POD -c istio-init | grep -i dns
/// ```
@Check(
    codes = "DNS-02",
    title = "DNS proxy that a pod's lookups do not reach",
    severity = Severity.WARNING,
    resources = {POD, CONFIG_MAP})
public final class BrokenDnsCapture implements Analyzer {
  private static final String CAPTURE = "ISTIO_META_DNS_CAPTURE";
  private static final String EXCLUDED = "traffic.sidecar.istio.io/excludeOutboundPorts";
  private static final String OWN_CONFIG = "proxy.istio.io/config";

  @Override
  public List<Observation> analyze(Mesh mesh) throws IOException {
    Map<String, Boolean> wanted = new HashMap<>();
    for (var cluster : mesh.clusters()) {
      var maps =
          mesh.all(CONFIG_MAP).stream().filter(m -> m.id().cluster().equals(cluster)).toList();
      wanted.put(cluster, MeshConfig.of(maps).proxyMetadata(CAPTURE).equals("true"));
    }
    List<Observation> observations = new ArrayList<>();
    for (var pod : mesh.all(POD)) {
      var proxy = pod.field("spec").flatMap(Containers::proxy);
      var phase = pod.text("status.phase");
      if (proxy.isEmpty()
          || !isSidecar(proxy.get())
          || phase.equals("Succeeded")
          || phase.equals("Failed")) {
        continue;
      }
      var capture = setting(proxy.get());
      var ownConfig = pod.annotations().getOrDefault(OWN_CONFIG, "").contains(CAPTURE);
      if (capture.equals("true")) {
        unreached(pod).ifPresent(observations::add);
      } else if (capture.isEmpty()
          && wanted.getOrDefault(pod.id().cluster(), false)
          && isOfDefaultRevision(pod)
          && !ownConfig) {
        observations.add(
            Observation.of(
                pod,
                proxy.get(),
                "The mesh turns the DNS proxy on, and this pod's proxy has no such setting: it was created before."));
      }
    }
    return observations;
  }

  /// Other revisions have a mesh configuration of their own.
  private static boolean isOfDefaultRevision(Resource pod) {
    var revision =
        pod.annotations()
            .getOrDefault(Injection.REVISION, pod.labels().getOrDefault(Injection.REVISION, ""));
    return revision.isEmpty() || revision.equals("default");
  }

  private static boolean isSidecar(Field proxy) {
    return proxy.fields("args.*").stream().anyMatch(a -> a.text().equals("sidecar"));
  }

  private static String setting(Field proxy) {
    return proxy.fields("env.*").stream()
        .filter(e -> e.text("name").equals(CAPTURE))
        .map(e -> e.text("value"))
        .findFirst()
        .orElse("");
  }

  private static Optional<Observation> unreached(Resource pod) {
    var ports = pod.annotations().getOrDefault(EXCLUDED, "");
    if (Arrays.stream(ports.split(",", -1)).map(String::strip).anyMatch("53"::equals)) {
      var place = pod.field("metadata.annotations").flatMap(a -> a.named(EXCLUDED));
      return Optional.of(
          Observation.of(
              pod,
              place.orElse(pod.root()),
              "The DNS proxy is on, and the annotation %s takes port 53 out of redirection: no lookup reaches it."
                  .formatted(EXCLUDED)));
    }
    if (pod.text("spec.dnsPolicy").equals("None")
        && pod.fields("spec.dnsConfig.nameservers.*").isEmpty()) {
      return Optional.of(
          Observation.of(
              pod,
              pod.field("spec.dnsPolicy").orElse(pod.root()),
              "The DNS proxy is on, and the pod names no DNS server: only lookups to those it names are redirected."));
    }
    return pod.text("spec.hostNetwork").equals("true")
        ? Optional.of(
            Observation.of(
                pod,
                pod.field("spec.hostNetwork").orElse(pod.root()),
                "The DNS proxy is on, and the pod uses the host's network, where nothing is redirected."))
        : Optional.empty();
  }
}
