package io.bugreport.analyzers.schema;

import static io.bugreport.analyzers.schema.Problems.has;

import io.bugreport.analyzers.mesh.HostName;
import io.bugreport.model.resource.Field;
import java.util.Set;

/// What istiod asks of a `ServiceEntry` beyond its schema.
final class ServiceEntryRules {
  private static final Set<String> RANGES = Set.of("", "NONE", "STATIC");

  private ServiceEntryRules() {}

  static void judge(Field spec, Problems problems) {
    problems.exportTo(spec);
    problems.selector(spec, "workloadSelector", "labels");
    problems.distinct(spec.fields("ports.*.name"));
    problems.distinct(spec.fields("ports.*.number"));
    for (var protocol : spec.fields("ports.*.protocol")) {
      if (!protocol.text().isEmpty() && !Texts.isProtocol(protocol.text())) {
        problems.error(protocol, "is no protocol: " + protocol.text());
      }
    }
    var resolution = spec.text("resolution");
    hosts(spec, resolution, problems);
    addresses(spec, resolution, problems);
    endpoints(spec, resolution, problems);
  }

  private static void hosts(Field spec, String resolution, Problems problems) {
    var needsName =
        resolution.startsWith("DNS")
            && spec.fields("endpoints.*").isEmpty()
            && !has(spec, "workloadSelector");
    for (var host : spec.fields("hosts.*")) {
      var name = host.text();
      if (name.equals("*")) {
        problems.error(host, "is *, and a ServiceEntry for all hosts is none");
      } else if (!Texts.isNameOrWildcard(name) && !Texts.isAddress(name)) {
        problems.error(host, "is no host name: " + name);
      } else if (needsName && HostName.isWildcard(name)) {
        problems.error(host, "is a wildcard, which DNS cannot resolve, and there are no endpoints");
      }
    }
  }

  private static void addresses(Field spec, String resolution, Problems problems) {
    for (var address : spec.fields("addresses.*")) {
      var text = address.text();
      if (Texts.isRange(text)) {
        if (!RANGES.contains(resolution)) {
          problems.error(address, "is a range, which goes with resolution NONE or STATIC only");
        }
      } else if (!Texts.isAddress(text)) {
        problems.error(address, "is no IP address or range: " + text);
      }
    }
  }

  private static void endpoints(Field spec, String resolution, Problems problems) {
    var endpoints = spec.fields("endpoints.*");
    var selector = spec.named("workloadSelector");
    if (selector.isPresent() && !endpoints.isEmpty()) {
      problems.error(selector.get(), "does not go together with endpoints");
    }
    switch (resolution) {
      case "", "NONE" -> {
        if (!endpoints.isEmpty()) {
          problems.error(
              spec, "has endpoints, which resolution NONE does not use: say STATIC or DNS");
        }
        selector.ifPresent(
            f -> problems.warning(f, "has no effect with resolution NONE: say STATIC or DNS"));
      }
      case "STATIC" -> {
        for (var endpoint : endpoints) {
          endpoint
              .named("address")
              .filter(address -> !address.text().startsWith("unix:"))
              .filter(address -> !address.text().isEmpty() && !Texts.isAddress(address.text()))
              .ifPresent(
                  address ->
                      problems.error(
                          address, "is no IP address, which resolution STATIC asks for"));
        }
      }
      case "DNS_ROUND_ROBIN" -> {
        if (endpoints.size() > 1) {
          problems.error(spec, "has more than one endpoint, with resolution DNS_ROUND_ROBIN");
        }
      }
      default -> {}
    }
  }
}
