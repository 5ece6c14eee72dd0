package io.bugreport.analyzers.gateway;

import static io.bugreport.model.resource.ResourceKind.GATEWAY;

import io.bugreport.model.check.Analyzer;
import io.bugreport.model.check.Check;
import io.bugreport.model.check.Mesh;
import io.bugreport.model.check.Observation;
import io.bugreport.model.finding.Severity;
import io.bugreport.model.resource.Field;
import io.bugreport.model.resource.Resource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Two gateways of one workload serve different hosts with the same certificate. Browsers keep one
/// HTTP/2 connection for all names of a certificate, so they send requests for the second host over
/// the connection of the first, where its routes do not exist: every now and then a page answers
/// 404, and works again in a fresh window.
///
/// Of two gateways of which one selects fewer pods than the other, only the wider one is reported.
///
/// ## Fix
///
/// Declare the hosts in one gateway, and bind the virtual services of both to it:
///
/// ```yaml
/// servers:
/// - port: {number: 443, name: https, protocol: HTTPS}
///   hosts: [one.example.com, two.example.com]
///   tls: {mode: SIMPLE, credentialName: wildcard-example-com}
/// ```
@Check(
    codes = "IST0138",
    title = "Gateways that share a certificate",
    severity = Severity.WARNING,
    resources = GATEWAY,
    istioctlAnalyzer = "gateway.CertificateAnalyzer")
public final class SharedGatewayCertificate implements Analyzer {

  private static final int NAMED = 5;

  /// A certificate, by what names it.
  private record Certificate(String cluster, String name, String file, String key) {}

  private record Use(Resource gateway, Field server) {}

  @Override
  public List<Observation> analyze(Mesh mesh) throws IOException {
    Map<Certificate, Map<Map<String, String>, List<Use>>> uses = new LinkedHashMap<>();
    for (var gateway : mesh.all(GATEWAY)) {
      for (var server : gateway.fields("spec.servers.*")) {
        certificate(gateway, server)
            .ifPresent(
                certificate ->
                    uses.computeIfAbsent(certificate, _ -> new HashMap<>())
                        .computeIfAbsent(gateway.texts("spec.selector"), _ -> new ArrayList<>())
                        .add(new Use(gateway, server)));
      }
    }
    Map<Resource, Map<String, Resource>> others = new LinkedHashMap<>();
    Map<Resource, Field> where = new HashMap<>();
    for (var bySelector : uses.values()) {
      bySelector.forEach(
          (wide, users) ->
              bySelector.forEach(
                  (narrow, peers) -> {
                    if (narrow.entrySet().containsAll(wide.entrySet())) {
                      pair(users, peers, others, where);
                    }
                  }));
    }
    List<Observation> observations = new ArrayList<>();
    others.forEach(
        (gateway, peers) ->
            observations.add(
                observation(gateway, where.getOrDefault(gateway, gateway.root()), peers)));
    return observations;
  }

  private static Optional<Certificate> certificate(Resource gateway, Field server) {
    var cluster = gateway.id().cluster();
    var name = server.text("tls.credentialName");
    if (!name.isEmpty()) {
      return Optional.of(new Certificate(cluster, name, "", ""));
    }
    var file = server.text("tls.serverCertificate");
    var key = server.text("tls.privateKey");
    return file.isEmpty() || key.isEmpty()
        ? Optional.empty()
        : Optional.of(new Certificate(cluster, "", file, key));
  }

  private static void pair(
      List<Use> users,
      List<Use> peers,
      Map<Resource, Map<String, Resource>> others,
      Map<Resource, Field> where) {
    for (var user : users) {
      // A few are enough to see what is meant; hundreds would be named hundreds of times.
      peers.stream()
          .map(Use::gateway)
          .filter(peer -> !peer.id().equals(user.gateway().id()))
          .limit(NAMED + 1L)
          .forEach(
              peer -> {
                others
                    .computeIfAbsent(user.gateway(), _ -> new TreeMap<>())
                    .put(peer.id().toString(), peer);
                where.putIfAbsent(user.gateway(), user.server());
              });
    }
  }

  private static Observation observation(
      Resource gateway, Field server, Map<String, Resource> peers) {
    var tls = server.field("tls.credentialName").or(() -> server.named("tls")).orElse(server);
    var named = peers.keySet().stream().limit(NAMED).toList();
    var observation =
        Observation.of(
            gateway,
            tls,
            "It serves the same certificate as %s%s, for the same workload."
                .formatted(
                    String.join(", ", named), peers.size() > named.size() ? " and others" : ""));
    for (var peer : peers.values().stream().limit(named.size()).toList()) {
      observation = observation.and(peer.location()).with(peer.id());
    }
    return observation;
  }
}
