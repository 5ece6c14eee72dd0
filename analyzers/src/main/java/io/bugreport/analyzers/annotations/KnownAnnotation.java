package io.bugreport.analyzers.annotations;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// An annotation that Istio knows.
///
/// Source: "Resource Annotations" in the reference of Istio 1.31.
///
/// @param name such as `sidecar.istio.io/inject`
/// @param stage `alpha`, `beta` or `stable`, after `deprecated-` where it is to be given up
/// @param kinds where it belongs; `Any` for everywhere
record KnownAnnotation(String name, String stage, Set<String> kinds) {
  /// What Istio and Kubernetes write themselves.
  private static final Set<String> GENERATED =
      Set.of("sidecar.istio.io/status", "gateway.istio.io/controller-version", "istio.io/rev");

  private static final String INGRESS_CLASS = "kubernetes.io/ingress.class";

  private static final String TABLE =
      """
      alpha.istio.io/canonical-serviceaccounts deprecated-alpha Service
      alpha.istio.io/kubernetes-serviceaccounts deprecated-alpha Service
      ambient.istio.io/bypass-inbound-capture alpha Pod
      ambient.istio.io/dns-capture alpha Pod
      ambient.istio.io/redirection beta Pod
      ambient.istio.io/waypoint-inbound-binding alpha GatewayClass,Gateway
      galley.istio.io/analyze-suppress alpha Any
      gateway.istio.io/controller-version alpha Any
      gateway.istio.io/name-override alpha Gateway
      gateway.istio.io/service-account alpha Gateway
      inject.istio.io/templates alpha Pod
      istio.io/autoRegistrationGroup alpha WorkloadEntry
      istio.io/connectedAt alpha WorkloadEntry
      istio.io/disconnectedAt alpha WorkloadEntry
      istio.io/dry-run alpha AuthorizationPolicy
      istio.io/reroute-virtual-interfaces alpha Pod
      istio.io/rev alpha Pod
      istio.io/use-waypoint-canary-weight alpha Service,ServiceEntry,Namespace
      istio.io/workloadController alpha WorkloadEntry
      kubernetes.io/ingress.class stable Ingress
      networking.istio.io/exportTo alpha Service
      networking.istio.io/service-type alpha Gateway
      networking.istio.io/traffic-distribution alpha Namespace,Service,ServiceEntry
      prometheus.istio.io/merge-metrics alpha Pod
      proxy.istio.io/config beta Pod
      proxy.istio.io/overrides alpha Pod
      readiness.status.sidecar.istio.io/applicationPorts alpha Pod
      readiness.status.sidecar.istio.io/failureThreshold alpha Pod
      readiness.status.sidecar.istio.io/initialDelaySeconds alpha Pod
      readiness.status.sidecar.istio.io/periodSeconds alpha Pod
      sidecar.istio.io/agentLogLevel alpha Pod
      sidecar.istio.io/bootstrapOverride alpha Pod
      sidecar.istio.io/componentLogLevel alpha Pod
      sidecar.istio.io/discoveryAddress deprecated-alpha Pod
      sidecar.istio.io/extraStatTags deprecated-alpha Pod
      sidecar.istio.io/inject deprecated-beta Pod
      sidecar.istio.io/interceptionMode alpha Pod
      sidecar.istio.io/logLevel alpha Pod
      sidecar.istio.io/nativeSidecar alpha Pod
      sidecar.istio.io/proxyCPU alpha Pod
      sidecar.istio.io/proxyCPULimit alpha Pod
      sidecar.istio.io/proxyImage alpha Pod
      sidecar.istio.io/proxyImageType alpha Pod
      sidecar.istio.io/proxyMemory alpha Pod
      sidecar.istio.io/proxyMemoryLimit alpha Pod
      sidecar.istio.io/rewriteAppHTTPProbers alpha Pod
      sidecar.istio.io/statsCompression deprecated-alpha Pod
      sidecar.istio.io/statsEvictionInterval alpha Pod
      sidecar.istio.io/statsFlushInterval alpha Pod
      sidecar.istio.io/statsHistogramBins alpha Pod
      sidecar.istio.io/statsHistogramBuckets alpha Pod
      sidecar.istio.io/statsInclusionPrefixes deprecated-alpha Pod
      sidecar.istio.io/statsInclusionRegexps deprecated-alpha Pod
      sidecar.istio.io/statsInclusionSuffixes deprecated-alpha Pod
      sidecar.istio.io/status alpha Pod
      sidecar.istio.io/userVolume alpha Pod
      sidecar.istio.io/userVolumeMount alpha Pod
      status.sidecar.istio.io/port alpha Pod
      topology.istio.io/controlPlaneClusters alpha Namespace
      traffic.istio.io/nodeSelector stable Service
      traffic.sidecar.istio.io/excludeInboundPorts alpha Pod
      traffic.sidecar.istio.io/excludeInterfaces alpha Pod
      traffic.sidecar.istio.io/excludeOutboundIPRanges alpha Pod
      traffic.sidecar.istio.io/excludeOutboundPorts alpha Pod
      traffic.sidecar.istio.io/includeInboundPorts alpha Pod
      traffic.sidecar.istio.io/includeOutboundIPRanges alpha Pod
      traffic.sidecar.istio.io/includeOutboundPorts alpha Pod
      traffic.sidecar.istio.io/kubevirtInterfaces deprecated-alpha Pod
      """;

  private static final Map<String, KnownAnnotation> BY_NAME =
      TABLE
          .lines()
          .map(KnownAnnotation::parse)
          .collect(Collectors.toUnmodifiableMap(KnownAnnotation::name, Function.identity()));

  private static KnownAnnotation parse(String line) {
    var words = line.split(" ", -1);
    return new KnownAnnotation(
        words[0],
        words[1],
        Arrays.stream(words[2].split(",", -1)).collect(Collectors.toUnmodifiableSet()));
  }

  /// What is known of an annotation; empty for one that Istio does not know.
  static Optional<KnownAnnotation> of(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  /// Whether a name is one of Istio's, known or not, that a user may have written.
  static boolean isOfIstio(String name) {
    if (GENERATED.contains(name)) {
      return false;
    }
    var slash = name.indexOf('/');
    var domain = slash < 0 ? "" : name.substring(0, slash);
    return domain.equals("istio.io") || domain.endsWith(".istio.io") || name.equals(INGRESS_CLASS);
  }

  boolean isDeprecated() {
    return stage.startsWith("deprecated");
  }

  boolean isAlpha() {
    return stage.endsWith("alpha");
  }

  boolean belongsTo(String kind) {
    return kinds.contains("Any") || kinds.contains(kind);
  }
}
