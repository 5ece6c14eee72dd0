package io.bugreport.analyzers.gateway;

import java.util.Optional;

/// Which Secret the `credentialName` of a gateway means.
record CredentialName(String namespace, String name) {
  private static final String SECRET = "kubernetes://";
  private static final String OF_GATEWAY_API = "kubernetes-gateway://";
  private static final String AUTHORITY = "-cacert";

  /// Reads a name.
  ///
  /// @param podNamespace where the gateway's pods are
  /// @return empty for what is no Secret of Kubernetes
  static Optional<CredentialName> parse(String text, String podNamespace) {
    if (text.endsWith(AUTHORITY)) {
      // A Secret of authorities alone has no certificate of its own.
      return Optional.empty();
    }
    for (var scheme : new String[] {SECRET, OF_GATEWAY_API}) {
      if (text.startsWith(scheme)) {
        return Optional.of(split(text.substring(scheme.length()), podNamespace));
      }
    }
    return text.contains("://") ? Optional.empty() : Optional.of(split(text, podNamespace));
  }

  private static CredentialName split(String text, String podNamespace) {
    var slash = text.indexOf('/');
    return slash < 0
        ? new CredentialName(podNamespace, text)
        : new CredentialName(text.substring(0, slash), text.substring(slash + 1));
  }
}
