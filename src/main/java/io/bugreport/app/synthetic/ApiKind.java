package io.bugreport.app.synthetic;

import java.util.ArrayList;
import java.util.List;

/// A kind that the API server serves.
///
/// @param group empty for the core group
/// @param shortNames joined by commas; empty for none
record ApiKind(
    String group,
    String version,
    String plural,
    String kind,
    boolean namespaced,
    String shortNames,
    List<String> subresources) {

  private static final List<String> NONE = List.of();
  private static final List<String> STATUS = List.of("status");
  private static final List<String> SCALE = List.of("scale", "status");

  String apiVersion() {
    return group.isEmpty() ? version : group + "/" + version;
  }

  String singular() {
    return kind.toLowerCase(java.util.Locale.ROOT);
  }

  boolean isCustom() {
    return group.endsWith("istio.io") || group.startsWith("gateway.");
  }

  /// All kinds that can be listed, group by group.
  static List<ApiKind> all() {
    List<ApiKind> kinds = new ArrayList<>();
    core(kinds);
    workloads(kinds);
    platform(kinds);
    mesh(kinds);
    return kinds;
  }

  private static void core(List<ApiKind> kinds) {
    spaced(kinds, "", "v1", "configmaps", "ConfigMap", "cm", NONE);
    spaced(kinds, "", "v1", "endpoints", "Endpoints", "ep", NONE);
    spaced(kinds, "", "v1", "events", "Event", "ev", NONE);
    spaced(kinds, "", "v1", "limitranges", "LimitRange", "limits", NONE);
    global(kinds, "", "v1", "namespaces", "Namespace", "ns", List.of("finalize", "status"));
    global(kinds, "", "v1", "nodes", "Node", "no", List.of("proxy", "status"));
    spaced(kinds, "", "v1", "persistentvolumeclaims", "PersistentVolumeClaim", "pvc", STATUS);
    global(kinds, "", "v1", "persistentvolumes", "PersistentVolume", "pv", STATUS);
    spaced(
        kinds,
        "",
        "v1",
        "pods",
        "Pod",
        "po",
        List.of("attach", "eviction", "exec", "log", "portforward", "proxy", "status"));
    spaced(kinds, "", "v1", "podtemplates", "PodTemplate", "", NONE);
    spaced(kinds, "", "v1", "replicationcontrollers", "ReplicationController", "rc", SCALE);
    spaced(kinds, "", "v1", "resourcequotas", "ResourceQuota", "quota", STATUS);
    spaced(kinds, "", "v1", "secrets", "Secret", "", NONE);
    spaced(kinds, "", "v1", "serviceaccounts", "ServiceAccount", "sa", List.of("token"));
    spaced(kinds, "", "v1", "services", "Service", "svc", List.of("proxy", "status"));
  }

  private static void workloads(List<ApiKind> kinds) {
    spaced(kinds, "apps", "v1", "controllerrevisions", "ControllerRevision", "", NONE);
    spaced(kinds, "apps", "v1", "daemonsets", "DaemonSet", "ds", STATUS);
    spaced(kinds, "apps", "v1", "deployments", "Deployment", "deploy", SCALE);
    spaced(kinds, "apps", "v1", "replicasets", "ReplicaSet", "rs", SCALE);
    spaced(kinds, "apps", "v1", "statefulsets", "StatefulSet", "sts", SCALE);
    spaced(
        kinds,
        "autoscaling",
        "v2",
        "horizontalpodautoscalers",
        "HorizontalPodAutoscaler",
        "hpa",
        STATUS);
    spaced(kinds, "batch", "v1", "cronjobs", "CronJob", "cj", STATUS);
    spaced(kinds, "batch", "v1", "jobs", "Job", "", STATUS);
    spaced(kinds, "policy", "v1", "poddisruptionbudgets", "PodDisruptionBudget", "pdb", STATUS);
  }

  private static void platform(List<ApiKind> kinds) {
    var admission = "admissionregistration.k8s.io";
    global(
        kinds,
        admission,
        "v1",
        "mutatingwebhookconfigurations",
        "MutatingWebhookConfiguration",
        "",
        NONE);
    global(
        kinds,
        admission,
        "v1",
        "validatingwebhookconfigurations",
        "ValidatingWebhookConfiguration",
        "",
        NONE);
    global(
        kinds,
        "apiextensions.k8s.io",
        "v1",
        "customresourcedefinitions",
        "CustomResourceDefinition",
        "crd,crds",
        STATUS);
    global(
        kinds,
        "certificates.k8s.io",
        "v1",
        "certificatesigningrequests",
        "CertificateSigningRequest",
        "csr",
        List.of("approval", "status"));
    spaced(kinds, "coordination.k8s.io", "v1", "leases", "Lease", "", NONE);
    spaced(kinds, "discovery.k8s.io", "v1", "endpointslices", "EndpointSlice", "", NONE);
    global(kinds, "networking.k8s.io", "v1", "ingressclasses", "IngressClass", "", NONE);
    spaced(kinds, "networking.k8s.io", "v1", "ingresses", "Ingress", "ing", STATUS);
    spaced(kinds, "networking.k8s.io", "v1", "networkpolicies", "NetworkPolicy", "netpol", NONE);
    var rbac = "rbac.authorization.k8s.io";
    global(kinds, rbac, "v1", "clusterrolebindings", "ClusterRoleBinding", "", NONE);
    global(kinds, rbac, "v1", "clusterroles", "ClusterRole", "", NONE);
    spaced(kinds, rbac, "v1", "rolebindings", "RoleBinding", "", NONE);
    spaced(kinds, rbac, "v1", "roles", "Role", "", NONE);
    global(kinds, "scheduling.k8s.io", "v1", "priorityclasses", "PriorityClass", "pc", NONE);
    global(kinds, "storage.k8s.io", "v1", "storageclasses", "StorageClass", "sc", NONE);
  }

  private static void mesh(List<ApiKind> kinds) {
    spaced(kinds, "extensions.istio.io", "v1alpha1", "wasmplugins", "WasmPlugin", "", STATUS);
    var gateway = "gateway.networking.k8s.io";
    spaced(kinds, gateway, "v1", "backendtlspolicies", "BackendTLSPolicy", "btlspolicy", STATUS);
    global(kinds, gateway, "v1", "gatewayclasses", "GatewayClass", "gc", STATUS);
    spaced(kinds, gateway, "v1", "gateways", "Gateway", "gtw", STATUS);
    spaced(kinds, gateway, "v1", "grpcroutes", "GRPCRoute", "", STATUS);
    spaced(kinds, gateway, "v1", "httproutes", "HTTPRoute", "", STATUS);
    spaced(kinds, gateway, "v1beta1", "referencegrants", "ReferenceGrant", "refgrant", NONE);
    var networking = "networking.istio.io";
    spaced(kinds, networking, "v1", "destinationrules", "DestinationRule", "dr", STATUS);
    spaced(kinds, networking, "v1alpha3", "envoyfilters", "EnvoyFilter", "", STATUS);
    spaced(kinds, networking, "v1", "gateways", "Gateway", "gw", STATUS);
    spaced(kinds, networking, "v1beta1", "proxyconfigs", "ProxyConfig", "", STATUS);
    spaced(kinds, networking, "v1", "serviceentries", "ServiceEntry", "se", STATUS);
    spaced(kinds, networking, "v1", "sidecars", "Sidecar", "", STATUS);
    spaced(kinds, networking, "v1", "virtualservices", "VirtualService", "vs", STATUS);
    spaced(kinds, networking, "v1", "workloadentries", "WorkloadEntry", "we", STATUS);
    spaced(kinds, networking, "v1", "workloadgroups", "WorkloadGroup", "wg", STATUS);
    var security = "security.istio.io";
    spaced(kinds, security, "v1", "authorizationpolicies", "AuthorizationPolicy", "ap", STATUS);
    spaced(kinds, security, "v1", "peerauthentications", "PeerAuthentication", "pa", STATUS);
    spaced(kinds, security, "v1", "requestauthentications", "RequestAuthentication", "ra", STATUS);
    spaced(kinds, "telemetry.istio.io", "v1", "telemetries", "Telemetry", "telemetry", STATUS);
  }

  private static void spaced(
      List<ApiKind> kinds,
      String group,
      String version,
      String plural,
      String kind,
      String shortNames,
      List<String> subresources) {
    kinds.add(new ApiKind(group, version, plural, kind, true, shortNames, subresources));
  }

  private static void global(
      List<ApiKind> kinds,
      String group,
      String version,
      String plural,
      String kind,
      String shortNames,
      List<String> subresources) {
    kinds.add(new ApiKind(group, version, plural, kind, false, shortNames, subresources));
  }
}
