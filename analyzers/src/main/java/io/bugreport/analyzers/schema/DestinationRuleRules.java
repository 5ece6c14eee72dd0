package io.bugreport.analyzers.schema;

import static io.bugreport.analyzers.schema.Problems.has;
import static io.bugreport.analyzers.schema.Problems.present;

import io.bugreport.model.resource.Field;
import java.util.Optional;

/// What istiod asks of a `DestinationRule` beyond its schema.
final class DestinationRuleRules {
  private static final int ALL = 100;

  private DestinationRuleRules() {}

  static void judge(Field spec, Problems problems) {
    problems.distinct(spec.fields("subsets.*.name"));
    problems.exportTo(spec);
    problems.selector(spec, "workloadSelector", "matchLabels");
    spec.named("trafficPolicy").ifPresent(policy -> policy(policy, problems));
    for (var policy : spec.fields("subsets.*.trafficPolicy")) {
      policy(policy, problems);
    }
  }

  private static void policy(Field policy, Problems problems) {
    settings(policy, problems);
    for (var port : policy.fields("portLevelSettings.*")) {
      if (port.field("port.number").isEmpty()) {
        problems.error(port, "names no port.number");
      }
      if (port.children().size() < 2) {
        problems.error(port, "sets nothing for its port");
      }
      settings(port, problems);
    }
    if (has(policy, "tunnel") && has(policy, "proxyProtocol")) {
      problems.error(policy, "may have only one of tunnel, proxyProtocol");
    }
  }

  private static void settings(Field policy, Problems problems) {
    policy.named("tls").ifPresent(tls -> tls(tls, problems));
    policy
        .named("outlierDetection")
        .ifPresent(
            detection -> {
              if (has(detection, "consecutiveErrors")) {
                problems.warning(
                    detection,
                    "uses consecutiveErrors: use consecutiveGatewayErrors or consecutive5xxErrors");
              }
            });
    policy
        .field("connectionPool.http")
        .filter(
            http ->
                http.text("h2UpgradePolicy").equals("UPGRADE")
                    && http.text("useClientProtocol").equals("true"))
        .ifPresent(
            http ->
                problems.error(
                    http, "may have only one of h2UpgradePolicy UPGRADE, useClientProtocol"));
    policy
        .field("loadBalancer.localityLbSetting")
        .ifPresent(locality -> locality(policy, locality, problems));
  }

  private static void locality(Field policy, Field locality, Problems problems) {
    var failover = present(locality, "failover", "failoverPriority");
    if (has(locality, "distribute") && !failover.isEmpty()) {
      problems.error(locality, "may have only one of distribute, " + failover.getFirst());
    }
    for (var distribution : locality.fields("distribute.*")) {
      var weights = distribution.fields("to.*").stream().map(Field::number).toList();
      if (weights.stream().allMatch(Optional::isPresent)
          && weights.stream().mapToInt(w -> w.orElse(0)).sum() != ALL) {
        problems.error(distribution, "distributes other than 100 percent");
      }
    }
    if (!failover.isEmpty() && !has(policy, "outlierDetection")) {
      problems.warning(
          locality, "has a failover, which does nothing without outlierDetection beside it");
    }
  }

  private static void tls(Field tls, Problems problems) {
    var files = present(tls, "clientCertificate", "privateKey", "caCertificates");
    var secret = has(tls, "credentialName");
    switch (tls.text("mode")) {
      case "MUTUAL" -> {
        if (!secret && !(has(tls, "clientCertificate") && has(tls, "privateKey"))) {
          problems.error(
              tls, "is MUTUAL, which needs a credentialName, or clientCertificate and privateKey");
        }
      }
      case "ISTIO_MUTUAL" -> {
        if (secret || !files.isEmpty()) {
          problems.error(
              tls, "is ISTIO_MUTUAL, where certificates come from Istio: it takes no others");
        }
      }
      default -> {}
    }
    if (secret && !files.isEmpty()) {
      problems.error(tls, "may have only one of credentialName, " + String.join(", ", files));
    }
  }
}
