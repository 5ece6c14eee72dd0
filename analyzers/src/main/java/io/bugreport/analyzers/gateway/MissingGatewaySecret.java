package io.bugreport.analyzers.gateway;

import static io.bugreport.model.resource.ResourceKind.GATEWAY;
import static io.bugreport.model.resource.ResourceKind.POD;
import static io.bugreport.model.resource.ResourceKind.SECRET;

import io.bugreport.analyzers.mesh.DataKeys;
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
import io.bugreport.model.resource.ResourceId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// A Gateway names a Secret with its certificate (`credentialName`), and the gateway's pods cannot
/// use it. The port does not open, or connections to it are reset: clients see a failed handshake.
///
/// - `GWC-01`: there is no such Secret in the namespace of the gateway's *pods*, where it has to
///   be; where the `Gateway` itself is does not matter. If a Secret of that name is in another
///   namespace, the message says where.
/// - `GWC-02`: the Secret lacks what it needs: `tls.crt` and `tls.key`, or `cert` and `key`, and
///   for a server that asks clients for certificates `ca.crt` or `cacert`, here or in a Secret with
///   the ending `-cacert`. A key that is there and empty counts as lacking.
///
/// - `GWC-04`: the key in the Secret is not the one of its certificate. The collector compares them
///   before it redacts them.
///
/// ## Fix
///
/// Make the Secret where the gateway's pods run:
///
/// ```sh
/// kubectl get pods -A -l istio=ingressgateway
/// kubectl -n NAMESPACE-OF-THE-PODS create secret tls NAME --cert=tls.crt --key=tls.key
/// ```
///
/// For `MUTUAL`, with the CA of the clients:
///
/// ```sh
/// kubectl -n NAMESPACE-OF-THE-PODS create secret generic NAME \
///   --from-file=tls.crt --from-file=tls.key --from-file=ca.crt
/// ```
@Check(
    codes = {"GWC-01", "GWC-02", "GWC-04"},
    title = "Gateway certificate that its pods cannot use",
    severity = Severity.ERROR,
    resources = {GATEWAY, SECRET, POD},
    sources = Source.CERTIFICATES)
public final class MissingGatewaySecret implements Analyzer {
  private static final Set<String> MUTUAL = Set.of("MUTUAL", "OPTIONAL_MUTUAL");
  private static final String CA_SUFFIX = "-cacert";
  private static final String EMPTY = "[redacted: 0 bytes]";

  @Override
  public List<Observation> analyze(Mesh mesh) throws IOException {
    Map<ResourceId, Resource> secrets = new HashMap<>();
    mesh.all(SECRET).forEach(s -> secrets.put(s.id(), s));
    Map<String, PodIndex> pods = new HashMap<>();
    Map<String, List<Resource>> byCluster = new HashMap<>();
    for (var pod : mesh.all(POD)) {
      byCluster.computeIfAbsent(pod.id().cluster(), _ -> new ArrayList<>()).add(pod);
    }
    byCluster.forEach((cluster, all) -> pods.put(cluster, new PodIndex(all)));
    var certificates = new SecretCertificates(mesh);
    List<Observation> observations = new ArrayList<>();
    for (var gateway : mesh.all(GATEWAY)) {
      var index = pods.get(gateway.id().cluster());
      var selector = gateway.texts("spec.selector");
      if (index == null || selector.isEmpty()) {
        continue;
      }
      var namespaces = new TreeSet<String>();
      index.selected(selector).forEach(p -> namespaces.add(p.namespace()));
      for (var server : gateway.fields("spec.servers.*")) {
        List<Observation> ofServer = new ArrayList<>();
        var sound = false;
        for (var namespace : namespaces) {
          var before = ofServer.size();
          server(gateway, server, namespace, secrets, certificates, ofServer);
          sound |= ofServer.size() == before;
        }
        // Several Deployments may share a label; the one that is meant has what it needs.
        for (var observation : ofServer) {
          observations.add(sound ? observation.severity(Severity.INFO) : observation);
        }
      }
    }
    return Ties.about(Topic.GATEWAY_CERTIFICATES, observations);
  }

  private static void server(
      Resource gateway,
      Field server,
      String namespace,
      Map<ResourceId, Resource> secrets,
      SecretCertificates certificates,
      List<Observation> observations) {
    var mutual = MUTUAL.contains(server.text("tls.mode"));
    List<Field> names = new ArrayList<>(server.fields("tls.credentialName"));
    names.addAll(server.fields("tls.credentialNames.*"));
    for (var name : names) {
      // Other kinds of names, such as builtin:// and configmap://, are none of a Secret.
      if (name.text().isEmpty() || name.text().contains("://")) {
        continue;
      }
      var id = new ResourceId(gateway.id().cluster(), "", "Secret", namespace, name.text());
      var secret = secrets.get(id);
      if (secret == null) {
        observations.add(
            Observation.of(
                gateway,
                name,
                "The Secret %s is not in the namespace %s, where the gateway's pods look for it%s."
                    .formatted(
                        name.text(),
                        namespace,
                        elsewhere(id, secrets.values().stream().map(Resource::id).toList()))));
      } else {
        var stored = certificates.of(id);
        if (stored.isPresent() && !stored.get().keyMatches().orElse(true)) {
          observations.add(
              Observation.of(
                      gateway,
                      name,
                      "The key in the Secret %s/%s is not the one of its certificate (%s)."
                          .formatted(namespace, name.text(), stored.get().subject()))
                  .code("GWC-04")
                  .and(stored.get().location())
                  .with(secret.id()));
        }
        problem(secret, mutual, secrets)
            .ifPresent(
                problem ->
                    observations.add(
                        Observation.of(
                                gateway,
                                name,
                                "The Secret %s/%s %s.".formatted(namespace, name.text(), problem))
                            .code("GWC-02")
                            .and(secret.location())
                            .with(secret.id())));
      }
    }
  }

  private static String elsewhere(ResourceId id, List<ResourceId> secrets) {
    var namespaces =
        secrets.stream()
            .filter(s -> s.cluster().equals(id.cluster()) && s.name().equals(id.name()))
            .map(ResourceId::namespace)
            .sorted()
            .toList();
    return namespaces.isEmpty() ? "" : "; there is one in " + String.join(", ", namespaces);
  }

  private static Optional<String> problem(
      Resource secret, boolean mutual, Map<ResourceId, Resource> secrets) {
    var data = DataKeys.of(secret);
    if (data.isEmpty()) {
      return Optional.empty(); // an export without values
    }
    var has = new TreeSet<String>();
    var empty = new TreeSet<String>();
    data.forEach((key, value) -> (isEmpty(value.text()) ? empty : has).add(key));
    var complete =
        has.containsAll(Set.of("tls.crt", "tls.key")) || has.containsAll(Set.of("cert", "key"));
    var found =
        (has.isEmpty() ? "" : "; it has " + String.join(", ", has))
            + (empty.isEmpty() ? "" : ", and empty: " + String.join(", ", empty));
    if (!complete) {
      return Optional.of("has no certificate with its key (tls.crt and tls.key)" + found);
    }
    var ca =
        new ResourceId(
            secret.id().cluster(), "", "Secret", secret.namespace(), secret.name() + CA_SUFFIX);
    return mutual && !has.contains("ca.crt") && !has.contains("cacert") && !secrets.containsKey(ca)
        ? Optional.of(
            "has no ca.crt, which a server needs that asks clients for certificates, and there is no "
                + ca.name()
                + found)
        : Optional.empty();
  }

  private static boolean isEmpty(String value) {
    if (value.isEmpty()) {
      return true;
    }
    try {
      return new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8).equals(EMPTY);
    } catch (IllegalArgumentException _) {
      return false;
    }
  }
}
