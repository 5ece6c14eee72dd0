package io.bugreport.model.resource;

import java.util.Arrays;
import java.util.Optional;

/// The kinds of Kubernetes objects that checks read. The collector takes every kind that a cluster
/// has; this list only names those that a check can declare as its input.
public enum ResourceKind {
  CONFIG_MAP("", "configmaps", "ConfigMap"),
  ENDPOINTS("", "endpoints", "Endpoints"),
  EVENT("", "events", "Event"),
  NAMESPACE("", "namespaces", "Namespace"),
  NODE("", "nodes", "Node"),
  POD("", "pods", "Pod"),
  SECRET("", "secrets", "Secret"),
  SERVICE("", "services", "Service"),
  SERVICE_ACCOUNT("", "serviceaccounts", "ServiceAccount"),
  MUTATING_WEBHOOK(
      "admissionregistration.k8s.io",
      "mutatingwebhookconfigurations",
      "MutatingWebhookConfiguration"),
  VALIDATING_WEBHOOK(
      "admissionregistration.k8s.io",
      "validatingwebhookconfigurations",
      "ValidatingWebhookConfiguration"),
  CRD("apiextensions.k8s.io", "customresourcedefinitions", "CustomResourceDefinition"),
  DAEMON_SET("apps", "daemonsets", "DaemonSet"),
  DEPLOYMENT("apps", "deployments", "Deployment"),
  REPLICA_SET("apps", "replicasets", "ReplicaSet"),
  STATEFUL_SET("apps", "statefulsets", "StatefulSet"),
  JOB("batch", "jobs", "Job"),
  CRON_JOB("batch", "cronjobs", "CronJob"),
  CERTIFICATE_SIGNING_REQUEST(
      "certificates.k8s.io", "certificatesigningrequests", "CertificateSigningRequest"),
  LEASE("coordination.k8s.io", "leases", "Lease"),
  ENDPOINT_SLICE("discovery.k8s.io", "endpointslices", "EndpointSlice"),
  INGRESS("networking.k8s.io", "ingresses", "Ingress"),
  NETWORK_POLICY("networking.k8s.io", "networkpolicies", "NetworkPolicy"),
  CLUSTER_ROLE("rbac.authorization.k8s.io", "clusterroles", "ClusterRole"),
  CLUSTER_ROLE_BINDING("rbac.authorization.k8s.io", "clusterrolebindings", "ClusterRoleBinding"),
  /// Mixer's rules, which no Istio since 1.8 reads; the six after it likewise.
  MIXER_RULE("config.istio.io", "rules", "rule"),
  MIXER_HANDLER("config.istio.io", "handlers", "handler"),
  MIXER_QUOTA("config.istio.io", "quotaspecs", "QuotaSpec"),
  SERVICE_ROLE("rbac.istio.io", "serviceroles", "ServiceRole"),
  SERVICE_ROLE_BINDING("rbac.istio.io", "servicerolebindings", "ServiceRoleBinding"),
  AUTHENTICATION_POLICY("authentication.istio.io", "policies", "Policy"),
  MESH_POLICY("authentication.istio.io", "meshpolicies", "MeshPolicy"),
  TRAFFIC_EXTENSION("extensions.istio.io", "trafficextensions", "TrafficExtension"),
  WASM_PLUGIN("extensions.istio.io", "wasmplugins", "WasmPlugin"),
  DESTINATION_RULE("networking.istio.io", "destinationrules", "DestinationRule"),
  ENVOY_FILTER("networking.istio.io", "envoyfilters", "EnvoyFilter"),
  GATEWAY("networking.istio.io", "gateways", "Gateway"),
  PROXY_CONFIG("networking.istio.io", "proxyconfigs", "ProxyConfig"),
  SERVICE_ENTRY("networking.istio.io", "serviceentries", "ServiceEntry"),
  SIDECAR("networking.istio.io", "sidecars", "Sidecar"),
  VIRTUAL_SERVICE("networking.istio.io", "virtualservices", "VirtualService"),
  WORKLOAD_ENTRY("networking.istio.io", "workloadentries", "WorkloadEntry"),
  WORKLOAD_GROUP("networking.istio.io", "workloadgroups", "WorkloadGroup"),
  AUTHORIZATION_POLICY("security.istio.io", "authorizationpolicies", "AuthorizationPolicy"),
  PEER_AUTHENTICATION("security.istio.io", "peerauthentications", "PeerAuthentication"),
  REQUEST_AUTHENTICATION("security.istio.io", "requestauthentications", "RequestAuthentication"),
  TELEMETRY("telemetry.istio.io", "telemetries", "Telemetry"),
  BACKEND_TLS_POLICY("gateway.networking.k8s.io", "backendtlspolicies", "BackendTLSPolicy"),
  GATEWAY_CLASS("gateway.networking.k8s.io", "gatewayclasses", "GatewayClass"),
  KUBERNETES_GATEWAY("gateway.networking.k8s.io", "gateways", "Gateway"),
  GRPC_ROUTE("gateway.networking.k8s.io", "grpcroutes", "GRPCRoute"),
  HTTP_ROUTE("gateway.networking.k8s.io", "httproutes", "HTTPRoute"),
  LISTENER_SET("gateway.networking.k8s.io", "listenersets", "ListenerSet"),
  REFERENCE_GRANT("gateway.networking.k8s.io", "referencegrants", "ReferenceGrant"),
  TCP_ROUTE("gateway.networking.k8s.io", "tcproutes", "TCPRoute"),
  TLS_ROUTE("gateway.networking.k8s.io", "tlsroutes", "TLSRoute"),
  UDP_ROUTE("gateway.networking.k8s.io", "udproutes", "UDPRoute");

  private final String group;
  private final String plural;
  private final String kind;

  ResourceKind(String group, String plural, String kind) {
    this.group = group;
    this.plural = plural;
    this.kind = kind;
  }

  /// The API group; empty for the core group.
  public String group() {
    return group;
  }

  public String plural() {
    return plural;
  }

  public String kind() {
    return kind;
  }

  /// Group and plural as kubectl writes them, such as `virtualservices.networking.istio.io`.
  public String resource() {
    return group.isEmpty() ? plural : plural + "." + group;
  }

  /// The kind that an `apiVersion` and a `kind` name; all versions of a group are one kind.
  public static Optional<ResourceKind> of(String apiVersion, String kind) {
    var slash = apiVersion.indexOf('/');
    var group = slash < 0 ? "" : apiVersion.substring(0, slash);
    return Arrays.stream(values())
        .filter(k -> k.kind.equals(kind) && k.group.equals(group))
        .findFirst();
  }
}
