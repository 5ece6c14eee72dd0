package io.bugreport.analyzers.schema;

import static io.bugreport.analyzers.schema.Problems.has;
import static io.bugreport.analyzers.schema.Problems.present;

import io.bugreport.model.resource.Field;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// What istiod asks of Istio's `Gateway` beyond its schema.
final class GatewayRules {
  private static final Set<String> ENCRYPTED = Set.of("HTTPS", "TLS");
  private static final int HIGHEST_PORT = 65535;

  private GatewayRules() {}

  static void judge(Field spec, Problems problems) {
    var servers = spec.fields("servers.*");
    if (servers.isEmpty()) {
      problems.error(spec, "has no servers");
    }
    Set<String> names = new HashSet<>();
    for (var server : servers) {
      port(server, names, problems);
      hosts(server, problems);
      tls(server, problems);
    }
  }

  private static void port(Field server, Set<String> names, Problems problems) {
    var port = server.named("port");
    if (port.isEmpty()) {
      return; // the schema asks for it
    }
    var number = port.get().field("number");
    if (number.isPresent()
        && !server.text("bind").startsWith("unix:")
        && number.get().number().map(n -> n < 1 || n > HIGHEST_PORT).orElse(false)) {
      problems.error(number.get(), "is no port: 1 to 65535");
    }
    port.get()
        .field("protocol")
        .filter(protocol -> !Texts.isProtocol(protocol.text()))
        .ifPresent(protocol -> problems.error(protocol, "is no protocol: " + protocol.text()));
    port.get()
        .field("name")
        .filter(name -> !name.text().isEmpty() && !names.add(name.text()))
        .ifPresent(
            name ->
                problems.error(name, "is the name of another server's port, too: " + name.text()));
  }

  private static void hosts(Field server, Problems problems) {
    var hosts = server.fields("hosts.*");
    if (hosts.isEmpty() && has(server, "hosts")) {
      problems.error(server, "serves no hosts");
    }
    for (var host : hosts) {
      var name = host.text().substring(host.text().indexOf('/') + 1);
      if (!Texts.isNameOrWildcard(name) && !Texts.isAddress(name)) {
        problems.error(host, "is no host name: " + host.text());
      } else if (!name.equals("*") && name.indexOf('.') < 0 && !Texts.isAddress(name)) {
        problems.error(host, "is a short name, which a gateway does not complete: " + host.text());
      }
    }
  }

  private static void tls(Field server, Problems problems) {
    var protocol = server.text("port.protocol").toUpperCase(Locale.ROOT);
    var found = server.named("tls");
    if (found.isEmpty()) {
      if (ENCRYPTED.contains(protocol)) {
        problems.error(server, "is for " + protocol + " and has no tls settings");
      }
      return;
    }
    var tls = found.get();
    var redirects = tls.text("httpsRedirect").equals("true");
    if (!ENCRYPTED.contains(protocol)) {
      if (!redirects || tls.children().size() > 1) {
        problems.error(tls, "is for servers of HTTPS or TLS; here it may hold httpsRedirect only");
      }
      return;
    }
    if (redirects) {
      tls.named("httpsRedirect")
          .ifPresent(f -> problems.warning(f, "is for a server of HTTP, which this is not"));
    }
    certificates(tls, problems);
    versions(tls, problems);
  }

  private static void certificates(Field tls, Problems problems) {
    var files = present(tls, "serverCertificate", "privateKey");
    var sources = present(tls, "credentialName", "credentialNames", "tlsCertificates");
    switch (tls.text("mode")) {
      case "", "SIMPLE", "MUTUAL", "OPTIONAL_MUTUAL" -> {
        if (sources.isEmpty() && files.size() < 2) {
          problems.error(
              tls,
              "has no certificate: it needs a credentialName, or serverCertificate and privateKey");
        } else if (sources.size() > 1) {
          problems.error(tls, "may have only one of " + String.join(", ", sources));
        }
        if (tls.text("mode").endsWith("MUTUAL")
            && sources.isEmpty()
            && present(tls, "caCertificates").isEmpty()) {
          problems.error(
              tls, "asks clients for certificates, and has no caCertificates to check them");
        }
      }
      case "ISTIO_MUTUAL" -> {
        if (!files.isEmpty() || !sources.isEmpty()) {
          problems.error(
              tls, "is ISTIO_MUTUAL, where certificates come from Istio: it takes no others");
        }
      }
      default -> {
        if (!files.isEmpty() || !sources.isEmpty()) {
          problems.warning(
              tls, "passes connections through, so that its certificates are not used");
        }
      }
    }
  }

  private static void versions(Field tls, Problems problems) {
    tls.named("minProtocolVersion")
        .filter(version -> List.of("TLSV1_0", "TLSV1_1").contains(version.text()))
        .filter(_ -> tls.fields("cipherSuites.*").isEmpty())
        .ifPresent(
            version ->
                problems.warning(
                    version, "is below TLS 1.2, whose ciphers must be listed in cipherSuites"));
    problems.distinct(tls.fields("cipherSuites.*"));
  }
}
