package io.bugreport.analyzers.schema;

import static io.bugreport.analyzers.schema.Problems.has;
import static io.bugreport.analyzers.schema.Problems.present;

import io.bugreport.analyzers.mesh.HostName;
import io.bugreport.model.resource.Field;
import java.util.List;

/// What istiod asks of a `VirtualService` beyond its schema.
final class VirtualServiceRules {
  private static final int LONGEST_REGEX = 1024;

  private VirtualServiceRules() {}

  static void judge(Field spec, Problems problems) {
    hosts(spec, problems);
    gateways(spec, problems);
    problems.exportTo(spec);
    if (present(spec, "http", "tcp", "tls").isEmpty()) {
      problems.error(spec, "has no route: neither http nor tls nor tcp");
    }
    var isDelegate = spec.fields("hosts.*").isEmpty();
    spec.fields("http.*").forEach(route -> http(route, isDelegate, problems));
    for (var route : spec.fields("tls.*")) {
      tls(spec, route, problems);
    }
    for (var route : spec.fields("tcp.*")) {
      routes(route, true, problems);
    }
  }

  private static void hosts(Field spec, Problems problems) {
    var hosts = spec.fields("hosts.*");
    problems.distinct(hosts);
    if (hosts.isEmpty()) {
      for (var name : present(spec, "gateways", "tls", "tcp")) {
        spec.named(name)
            .ifPresent(
                f -> problems.error(f, "is not for a VirtualService without hosts, a delegate"));
      }
    }
    var gateways = spec.fields("gateways.*");
    var onMesh = gateways.isEmpty() || gateways.stream().anyMatch(g -> g.text().equals("mesh"));
    for (var host : hosts) {
      if (host.text().equals("*") && onMesh) {
        problems.error(
            host, "is *, which only a VirtualService of gateways may have, not one of the mesh");
      } else if (!Texts.isNameOrWildcard(host.text()) && !Texts.isAddress(host.text())) {
        problems.error(host, "is no host name: " + host.text());
      }
    }
  }

  private static void gateways(Field spec, Problems problems) {
    for (var gateway : spec.fields("gateways.*")) {
      var name = gateway.text();
      if (name.indexOf('/') < 0 && name.indexOf('.') >= 0) {
        problems.warning(gateway, "names a gateway as name.namespace; write namespace/name");
      }
    }
  }

  private static void http(Field route, boolean isDelegate, Problems problems) {
    var actions = present(route, "route", "redirect", "directResponse", "delegate");
    if (actions.isEmpty()) {
      problems.error(route, "does nothing: it needs a route, redirect, directResponse or delegate");
    } else if (actions.size() > 1) {
      problems.error(route, "may have only one of " + String.join(", ", actions));
    }
    if (isDelegate && has(route, "delegate")) {
      problems.error(route, "delegates, in a VirtualService that is a delegate itself");
    }
    if (has(route, "mirror") && has(route, "mirrors")) {
      problems.error(route, "may have only one of mirror, mirrors");
    }
    if (has(route, "redirect") && has(route, "fault")) {
      problems.error(route, "may not have a fault beside a redirect");
    }
    if (has(route, "redirect") && has(route, "rewrite")) {
      problems.error(route, "may not have a rewrite beside a redirect");
    }
    if (has(route, "mirrorPercent")) {
      route
          .named("mirrorPercent")
          .ifPresent(f -> problems.warning(f, "is deprecated: use mirrorPercentage"));
    }
    if (has(route, "route")) {
      routes(route, false, problems);
    }
    retries(route, problems);
    fault(route, problems);
    regexes(route, problems);
  }

  private static void routes(Field route, boolean needed, Problems problems) {
    var destinations = route.fields("route.*");
    if (destinations.isEmpty() && needed) {
      problems.error(route, "has no destination");
    }
    var total = 0L;
    for (var destination : destinations) {
      var weight = destination.field("weight");
      var number = weight.flatMap(Field::number).orElse(0);
      total += number;
      if (number < 0) {
        weight.ifPresent(w -> problems.error(w, "is negative"));
      }
      destination
          .field("destination.host")
          .filter(host -> host.text().startsWith("*"))
          .ifPresent(
              host -> problems.error(host, "is a wildcard, and traffic needs one host to go to"));
    }
    if (destinations.size() > 1 && total == 0) {
      problems.error(route, "sends nothing anywhere: the weights of its destinations add up to 0");
    }
  }

  private static void retries(Field route, Problems problems) {
    var retries = route.named("retries");
    if (retries.isPresent()
        && retries.get().field("attempts").flatMap(Field::number).orElse(1) == 0
        && !present(retries.get(), "perTryTimeout", "retryOn").isEmpty()) {
      problems.error(retries.get(), "has no attempts (0), so that its other fields mean nothing");
    }
  }

  private static void fault(Field route, Problems problems) {
    route
        .field("fault.abort.httpStatus")
        .filter(status -> status.number().map(n -> n < 200 || n > 600).orElse(false))
        .ifPresent(status -> problems.error(status, "is no HTTP status: 200 to 600"));
    for (var path :
        List.of("fault.abort.percentage", "fault.delay.percentage", "mirrorPercentage")) {
      route
          .field(path + ".value")
          .filter(value -> isNoPercentage(value.text()))
          .ifPresent(value -> problems.error(value, "is no percentage: 0 to 100"));
    }
  }

  private static boolean isNoPercentage(String text) {
    try {
      var value = Double.parseDouble(text);
      return value < 0 || value > 100;
    } catch (NumberFormatException _) {
      return false; // the schema speaks of its type
    }
  }

  private static void regexes(Field route, Problems problems) {
    for (var path :
        List.of(
            "match.*.uri",
            "match.*.scheme",
            "match.*.method",
            "match.*.authority",
            "match.*.headers.*",
            "match.*.withoutHeaders.*",
            "match.*.queryParams.*",
            "corsPolicy.allowOrigins.*")) {
      for (var regex : route.fields(path + ".regex")) {
        if (regex.text().length() > LONGEST_REGEX) {
          problems.error(regex, "has more than " + LONGEST_REGEX + " signs");
        } else if (!Texts.isRegex(regex.text())) {
          problems.error(regex, "is no regular expression that Envoy (RE2) knows");
        }
      }
    }
  }

  private static void tls(Field spec, Field route, Problems problems) {
    routes(route, true, problems);
    if (route.fields("match.*").isEmpty()) {
      problems.error(route, "has no match: TLS is routed by sniHosts");
    }
    var hosts = spec.fields("hosts.*");
    for (var sni : route.fields("match.*.sniHosts.*")) {
      if (Texts.isAddress(sni.text())) {
        problems.warning(sni, "is an address, and clients send no SNI for one");
      } else if (hosts.stream().noneMatch(host -> covers(host.text(), sni.text()))) {
        problems.error(sni, "is covered by none of the hosts of the VirtualService");
      }
    }
  }

  private static boolean covers(String host, String sni) {
    return host.equals(sni) || (HostName.isWildcard(host) && sni.endsWith(host.substring(1)));
  }
}
