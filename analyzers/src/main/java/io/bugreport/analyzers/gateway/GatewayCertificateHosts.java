package io.bugreport.analyzers.gateway;

import static io.bugreport.model.endpoint.Endpoint.ENVOY_CONFIG_DUMP;
import static io.bugreport.model.resource.ResourceKind.GATEWAY;
import static io.bugreport.model.resource.ResourceKind.POD;

import io.bugreport.analyzers.mesh.HostName;
import io.bugreport.analyzers.mesh.Pem;
import io.bugreport.analyzers.mesh.PodIndex;
import io.bugreport.model.check.Check;
import io.bugreport.model.check.Mesh;
import io.bugreport.model.check.Observation;
import io.bugreport.model.check.ProxyAnalyzer;
import io.bugreport.model.check.ProxyPass;
import io.bugreport.model.check.ProxyReader;
import io.bugreport.model.check.Source;
import io.bugreport.model.envoy.ConfigDump;
import io.bugreport.model.envoy.ProtoJson;
import io.bugreport.model.envoy.Section;
import io.bugreport.model.finding.Severity;
import io.bugreport.model.resource.Field;
import io.bugreport.model.resource.Location;
import io.bugreport.model.resource.Resource;
import io.bugreport.model.resource.ResourceId;
import io.bugreport.model.snapshot.StoredCertificate;
import java.io.IOException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// The certificate that a gateway presents is not good for what it serves: it has expired, is not
/// valid yet, or names none of a server's hosts. Clients refuse the connection.
///
/// Looked at is what the gateway's Envoy has; where its dump has none, the summary of the
/// certificate in the Secret.
///
/// ## Fix
///
/// See what clients get, and put another certificate into the Secret, in the namespace of the
/// gateway's pods:
///
/// ```sh
/// openssl s_client -connect ADDRESS:443 -servername HOST </dev/null | openssl x509 -noout -text
/// kubectl -n NAMESPACE create secret tls NAME --cert=tls.crt --key=tls.key \
///   --dry-run=client -o yaml | kubectl apply -f -
/// ```
@Check(
    codes = "GWC-03",
    title = "Gateway certificate that clients refuse",
    severity = Severity.ERROR,
    endpoints = ENVOY_CONFIG_DUMP,
    resources = {GATEWAY, POD},
    sources = Source.CERTIFICATES)
public final class GatewayCertificateHosts implements ProxyAnalyzer<GatewayCertificateHosts.Shown> {
  private static final String SCHEME = "kubernetes://";
  private static final int DNS_NAME = 2;

  record Presented(
      Instant from, Instant until, List<String> names, Location location, ResourceId shownBy) {
    Presented {
      names = List.copyOf(names);
    }

    static Presented of(X509Certificate leaf, Location location, ResourceId proxy) {
      return new Presented(
          leaf.getNotBefore().toInstant(),
          leaf.getNotAfter().toInstant(),
          dnsNames(leaf),
          location,
          proxy);
    }

    static Presented of(StoredCertificate leaf) {
      return new Presented(leaf.from(), leaf.until(), leaf.names(), leaf.location(), leaf.holder());
    }
  }

  /// The certificates that an Envoy got from Secrets, by the Secrets' names.
  record Shown(ResourceId proxy, Map<String, Presented> bySecret) {
    Shown {
      bySecret = Map.copyOf(bySecret);
    }
  }

  private record Server(Resource gateway, Field server) {}

  @Override
  public List<Observation> analyze(Mesh mesh) throws IOException {
    Map<ResourceId, Resource> pods = new HashMap<>();
    mesh.all(POD).forEach(p -> pods.put(p.id(), p));
    var gateways = mesh.all(GATEWAY);
    Set<Server> judged = new HashSet<>();
    List<Observation> observations = new ArrayList<>();
    for (var shown : mesh.proxies(this)) {
      var pod = pods.get(shown.proxy());
      if (pod != null) {
        gateways.stream()
            .filter(g -> g.id().cluster().equals(pod.id().cluster()))
            .filter(g -> !g.texts("spec.selector").isEmpty())
            .filter(g -> pod.isSelectedBy(g.texts("spec.selector")))
            .forEach(g -> gateway(g, shown.bySecret(), mesh.collectedAt(), judged, observations));
      }
    }
    stored(mesh, gateways, new PodIndex(pods.values()), judged, observations);
    return observations;
  }

  /// Servers whose certificate no dump shows, in the light of their Secrets.
  private static void stored(
      Mesh mesh,
      List<Resource> gateways,
      PodIndex pods,
      Set<Server> judged,
      List<Observation> observations)
      throws IOException {
    var certificates = new SecretCertificates(mesh);
    for (var gateway : gateways) {
      var selector = gateway.texts("spec.selector");
      if (selector.isEmpty()) {
        continue;
      }
      var namespaces = new TreeSet<String>();
      pods.selected(selector).stream()
          .filter(p -> p.id().cluster().equals(gateway.id().cluster()))
          .forEach(p -> namespaces.add(p.namespace()));
      for (var namespace : namespaces) {
        Map<String, Presented> presented = new HashMap<>();
        for (var name : gateway.fields("spec.servers.*.tls.credentialName")) {
          certificates
              .of(new ResourceId(gateway.id().cluster(), "", "Secret", namespace, name.text()))
              .ifPresent(c -> presented.put(name.text(), Presented.of(c)));
        }
        gateway(gateway, presented, mesh.collectedAt(), judged, observations);
      }
    }
  }

  @Override
  public Set<Section> sections() {
    return Set.of(Section.SECRETS);
  }

  @Override
  public ProxyReader<Shown> reader(ProxyPass pass) {
    Map<String, Presented> presented = new HashMap<>();
    return new ProxyReader<>() {
      @Override
      public void entry(ConfigDump.Entry entry) {
        var name = entry.name().orElse("");
        if (name.startsWith(SCHEME)) {
          ProtoJson.field(entry.content(), "secret.tls_certificate.certificate_chain.inline_bytes")
              .ifPresent(
                  chain ->
                      Pem.encodedCertificates(chain.text()).stream()
                          .findFirst()
                          .ifPresent(
                              leaf ->
                                  presented.put(
                                      name.substring(SCHEME.length()),
                                      Presented.of(leaf, chain.location(), pass.pod()))));
        }
      }

      @Override
      public Shown result() {
        return new Shown(pass.pod(), presented);
      }
    };
  }

  private static void gateway(
      Resource gateway,
      Map<String, Presented> presented,
      Instant now,
      Set<Server> judged,
      List<Observation> observations) {
    for (var server : gateway.fields("spec.servers.*")) {
      var credential = server.field("tls.credentialName");
      var given = credential.map(c -> presented.get(c.text())).orElse(null);
      if (credential.isEmpty()
          || given == null
          || (given.shownBy().kind().equals("Secret")
              && judged.contains(new Server(gateway, server)))) {
        continue;
      }
      judged.add(new Server(gateway, server));
      var hosts = server.fields("hosts.*").stream().map(h -> withoutNamespace(h.text())).toList();
      var problem = problem(given, hosts, now);
      if (!problem.isEmpty()) {
        observations.add(
            Observation.of(
                    gateway,
                    credential.get(),
                    "The certificate of the Secret %s %s."
                        .formatted(credential.get().text(), problem))
                .and(given.location())
                .with(given.shownBy()));
      }
    }
  }

  private static String withoutNamespace(String host) {
    return host.substring(host.indexOf('/') + 1);
  }

  private static String problem(Presented certificate, List<String> hosts, Instant now) {
    if (certificate.until().isBefore(now)) {
      return "expired on " + certificate.until();
    }
    if (certificate.from().isAfter(now)) {
      return "is not valid before " + certificate.from();
    }
    var names = certificate.names();
    var fits =
        hosts.isEmpty()
            || hosts.contains("*")
            || hosts.stream().anyMatch(h -> names.stream().anyMatch(n -> HostName.overlap(h, n)));
    return fits
        ? ""
        : "is for %s, and the server's hosts are %s"
            .formatted(
                names.isEmpty() ? "no host" : String.join(", ", names), String.join(", ", hosts));
  }

  private static List<String> dnsNames(X509Certificate certificate) {
    List<String> names = new ArrayList<>();
    try {
      var all = certificate.getSubjectAlternativeNames();
      if (all != null) {
        for (var name : all) {
          if (name.getFirst().equals(DNS_NAME)) {
            names.add(String.valueOf(name.get(1)));
          }
        }
      }
    } catch (CertificateParsingException _) {
      return List.of(); // as clients see it: a certificate without names
    }
    return names;
  }
}
