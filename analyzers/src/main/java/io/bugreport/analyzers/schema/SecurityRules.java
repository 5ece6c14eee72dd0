package io.bugreport.analyzers.schema;

import static io.bugreport.analyzers.schema.Problems.has;
import static io.bugreport.analyzers.schema.Problems.isEmpty;

import io.bugreport.model.resource.Field;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;

/// What istiod asks of policies of `security.istio.io` beyond their schemas.
final class SecurityRules {
  private static final int HIGHEST_PORT = 65535;
  private static final String MATCH_LABELS = "matchLabels";
  private static final String SELECTOR = "selector";
  private static final List<String> HTTP_ONLY =
      List.of("hosts", "notHosts", "methods", "notMethods", "paths", "notPaths");

  private SecurityRules() {}

  static void authorization(Field spec, Problems problems) {
    problems.selector(spec, SELECTOR, MATCH_LABELS);
    var rules = spec.fields("rules.*");
    var action = spec.text("action");
    if (action.equals("CUSTOM") && spec.text("provider.name").isEmpty()) {
      problems.error(spec, "is CUSTOM and names no provider");
    }
    if (!action.equals("CUSTOM") && has(spec, "provider")) {
      spec.named("provider").ifPresent(f -> problems.error(f, "goes with action CUSTOM only"));
    }
    if ((action.equals("CUSTOM") || action.equals("DENY")) && rules.isEmpty()) {
      problems.error(spec, "is " + action + " and has no rules, so that it never applies");
    }
    for (var rule : rules) {
      rule(rule, problems);
      if (action.equals("DENY")) {
        denied(rule, problems);
      }
    }
  }

  private static void rule(Field rule, Problems problems) {
    for (var name : List.of("from", "to", "when")) {
      rule.named(name)
          .filter(Problems::isEmpty)
          .ifPresent(f -> problems.error(f, "is empty: leave it out to match everything"));
    }
    for (var path : List.of("from.*", "to.*", "from.*.source", "to.*.operation")) {
      for (var part : rule.fields(path)) {
        if (isEmpty(part)) {
          problems.error(part, "is empty: leave it out to match everything");
        }
      }
    }
    for (var source : rule.fields("from.*.source")) {
      if (has(source, "serviceAccounts")
          && (has(source, "principals") || has(source, "namespaces"))) {
        problems.error(source, "may not have principals or namespaces beside serviceAccounts");
      }
      for (var path :
          List.of("ipBlocks.*", "notIpBlocks.*", "remoteIpBlocks.*", "notRemoteIpBlocks.*")) {
        for (var block : source.fields(path)) {
          if (!Texts.isAddress(block.text()) && !Texts.isRange(block.text())) {
            problems.error(block, "is no IP address or range: " + block.text());
          }
        }
      }
    }
    for (var path : List.of("ports.*", "notPorts.*")) {
      rule.fields("to.*.operation." + path).forEach(port -> port(port, port.text(), problems));
    }
  }

  /// For TCP, what only HTTP has cannot be told, and a DENY rule then denies.
  private static void denied(Field rule, Problems problems) {
    for (var operation : rule.fields("to.*.operation")) {
      if (HTTP_ONLY.stream().anyMatch(name -> has(operation, name)) && !has(operation, "ports")) {
        problems.warning(
            operation,
            "denies by what only HTTP has, so that all traffic to TCP ports is denied: name the ports");
      }
    }
  }

  static void peers(Field spec, Problems problems) {
    problems.selector(spec, SELECTOR, MATCH_LABELS);
    var ports = spec.named("portLevelMtls");
    if (ports.isPresent() && spec.fields("selector.matchLabels.*").isEmpty()) {
      problems.error(ports.get(), "needs a selector: ports are those of particular workloads");
    }
    ports.ifPresent(map -> map.children().forEach(port -> port(port, port.name(), problems)));
  }

  private static void port(Field where, String text, Problems problems) {
    try {
      var number = Integer.parseInt(text);
      if (number >= 1 && number <= HIGHEST_PORT) {
        return;
      }
    } catch (NumberFormatException _) {
      // Said below.
    }
    problems.error(where, "is no port: 1 to 65535");
  }

  static void requests(Field spec, Problems problems) {
    problems.selector(spec, SELECTOR, MATCH_LABELS);
    for (var rule : spec.fields("jwtRules.*")) {
      if (rule.text("issuer").isEmpty() && rule.text("jwksUri").isEmpty()) {
        problems.error(rule, "names neither an issuer nor a jwksUri");
      }
      rule.named("jwksUri")
          .filter(uri -> !isWebAddress(uri.text()))
          .ifPresent(uri -> problems.error(uri, "is no http or https address: " + uri.text()));
      rule.named("jwks")
          .filter(keys -> keys.text().matches("(?s).*\"d\"\\s*:.*"))
          .ifPresent(
              keys -> problems.warning(keys, "holds a private key: only public ones belong here"));
    }
  }

  private static boolean isWebAddress(String text) {
    try {
      var uri = new URI(text);
      return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
          && uri.getHost() != null;
    } catch (URISyntaxException _) {
      return false;
    }
  }
}
