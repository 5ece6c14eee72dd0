package io.bugreport.collector.resources;

/// A kind of object that the API server lists.
///
/// @param group empty for the core group
/// @param version the version to ask for
record ResourceType(String group, String version, String plural, String kind, boolean namespaced) {

  static final String WATCH = "watch";

  String apiVersion() {
    return group.isEmpty() ? version : group + "/" + version;
  }

  /// The path of its list.
  ///
  /// @param namespace empty for the whole cluster
  String path(String namespace) {
    return (group.isEmpty() ? "/api/" : "/apis/" + group + "/")
        + version
        + (namespace.isEmpty() ? "" : "/namespaces/" + namespace)
        + "/"
        + plural;
  }

  boolean isPod() {
    return group.isEmpty() && plural.equals("pods");
  }

  boolean isNamespace() {
    return group.isEmpty() && plural.equals("namespaces");
  }

  /// Whether a check reads who wrote which field.
  boolean keepsManagers() {
    return group.equals("admissionregistration.k8s.io") && plural.endsWith("webhookconfigurations");
  }

  /// Whether it is watched for the length of a run.
  boolean isSigningRequest() {
    return group.equals("certificates.k8s.io") && plural.equals("certificatesigningrequests");
  }

  /// What a run does with it.
  String[] verbs() {
    return isSigningRequest() ? new String[] {"list", WATCH} : new String[] {"list"};
  }

  boolean isConfigMap() {
    return group.isEmpty() && plural.equals("configmaps");
  }

  boolean isSecret() {
    return group.isEmpty() && plural.equals("secrets");
  }
}
