package io.bugreport.analyzers.schema;

import static io.bugreport.analyzers.schema.Problems.has;
import static io.bugreport.analyzers.schema.Problems.present;

import io.bugreport.model.resource.Field;
import java.util.List;
import java.util.Set;

/// What istiod asks of the objects that configure proxies and workloads, beyond their schemas.
final class WorkloadRules {
  private static final Set<String> OF_ROUTES =
      Set.of("ROUTE_CONFIGURATION", "VIRTUAL_HOST", "HTTP_ROUTE");
  private static final Set<String> OF_LISTENERS =
      Set.of("LISTENER", "FILTER_CHAIN", "NETWORK_FILTER", "HTTP_FILTER", "LISTENER_FILTER");

  private WorkloadRules() {}

  static void entry(Field spec, Problems problems) {
    var address = spec.text("address");
    if (address.isEmpty()) {
      if (spec.text("network").isEmpty()) {
        problems.error(spec, "has neither an address nor a network to reach it through");
      }
    } else if (!address.startsWith("unix:")
        && !Texts.isAddress(address)
        && !Texts.isName(address)) {
      spec.named("address").ifPresent(f -> problems.error(f, "is no IP address or host name"));
    }
  }

  static void group(Field spec, Problems problems) {
    if (!has(spec, "template")) {
      problems.error(spec, "has no template");
    }
  }

  static void sidecar(Field spec, Problems problems) {
    problems.selector(spec, "workloadSelector", "labels");
    problems.distinct(spec.fields("ingress.*.port.number"));
    var egress = spec.fields("egress.*");
    for (var i = 0; i < egress.size(); i++) {
      if (!has(egress.get(i), "port") && i < egress.size() - 1) {
        problems.error(
            egress.get(i), "has no port: it takes all traffic, and must be the last one");
      }
      for (var host : egress.get(i).fields("hosts.*")) {
        if (host.text().indexOf('/') < 0) {
          problems.error(host, "is not of the form namespace/host: " + host.text());
        }
      }
      problems.distinct(egress.get(i).fields("hosts.*"));
    }
    if (has(spec, "outboundTrafficPolicy")
        && spec.field("outboundTrafficPolicy.egressProxy").isPresent()
        && !spec.text("outboundTrafficPolicy.mode").equals("ALLOW_ANY")) {
      spec.field("outboundTrafficPolicy.egressProxy")
          .ifPresent(f -> problems.error(f, "goes with mode ALLOW_ANY only"));
    }
  }

  static void envoyFilter(Field spec, Problems problems) {
    problems.selector(spec, "workloadSelector", "labels");
    for (var patch : spec.fields("configPatches.*")) {
      patch(patch, problems);
    }
  }

  private static void patch(Field patch, Problems problems) {
    var applyTo = patch.text("applyTo");
    if (applyTo.isEmpty() || applyTo.equals("INVALID")) {
      problems.error(patch, "does not say what it applies to (applyTo)");
    }
    var change = patch.named("patch");
    if (change.isEmpty()) {
      problems.error(patch, "changes nothing: it has no patch");
    } else if (change.get().text("operation").isEmpty()) {
      problems.error(change.get(), "names no operation");
    } else if (!change.get().text("operation").equals("REMOVE") && !has(change.get(), "value")) {
      problems.error(change.get(), "has no value");
    }
    for (var match :
        present(patch.named("match").orElse(patch), "listener", "routeConfiguration", "cluster")) {
      if (!fits(applyTo, match)) {
        patch
            .field("match." + match)
            .ifPresent(f -> problems.error(f, "does not go with applyTo " + applyTo));
      }
    }
    patch
        .field("match.proxy.proxyVersion")
        .filter(version -> !Texts.isRegex(version.text()))
        .ifPresent(version -> problems.error(version, "is no regular expression"));
  }

  private static boolean fits(String applyTo, String match) {
    return switch (match) {
      case "listener" -> !OF_ROUTES.contains(applyTo) && !applyTo.equals("CLUSTER");
      case "routeConfiguration" -> !OF_LISTENERS.contains(applyTo) && !applyTo.equals("CLUSTER");
      default -> !OF_LISTENERS.contains(applyTo) && !OF_ROUTES.contains(applyTo);
    };
  }

  static void telemetry(Field spec, Problems problems) {
    problems.selector(spec, "selector", "matchLabels");
    var tracing = spec.fields("tracing.*");
    if (tracing.size() > 1) {
      problems.warning(tracing.get(1), "is not used: only the first tracing is");
    }
    for (var provider : spec.fields("tracing.*.providers.*").stream().skip(1).limit(1).toList()) {
      problems.warning(provider, "is not used: only the first provider of tracing is");
    }
  }

  static void wasm(Field spec, Problems problems) {
    problems.selector(spec, "selector", "matchLabels");
    var url = spec.text("url");
    var colon = url.indexOf("://");
    if (colon > 0 && !List.of("oci", "file", "http", "https").contains(url.substring(0, colon))) {
      spec.named("url")
          .ifPresent(f -> problems.error(f, "begins neither with oci, file, http nor https"));
    }
  }

  static void selected(Field spec, Problems problems) {
    problems.selector(spec, "selector", "matchLabels");
  }
}
