package io.bugreport.analyzers.mesh;

/// Host names as Istio compares them.
public final class HostName {
  /// The domain of Kubernetes services. Istio's own configuration resolves short names with it.
  private static final String DOMAIN = ".svc.cluster.local";

  private HostName() {}

  /// The full name of a host that an object names. A name without a dot is a Service of the
  /// object's own namespace; wildcards and names with dots stand for themselves.
  public static String qualified(String host, String namespace) {
    return isWildcard(host) || host.indexOf('.') >= 0 ? host : ofService(host, namespace);
  }

  /// The full name of a Service.
  public static String ofService(String name, String namespace) {
    return name + "." + namespace + DOMAIN;
  }

  public static boolean isWildcard(String host) {
    return host.startsWith("*");
  }

  /// Whether some name is matched by both. A wildcard stands for one or more labels: `*.foo.com`
  /// does not match `foo.com`.
  public static boolean overlap(String one, String other) {
    if (isWildcard(one) && isWildcard(other)) {
      var a = one.substring(1);
      var b = other.substring(1);
      return a.endsWith(b) || b.endsWith(a);
    }
    return one.equals(other) || matches(one, other) || matches(other, one);
  }

  private static boolean matches(String wildcard, String host) {
    return isWildcard(wildcard)
        && host.length() >= wildcard.length()
        && host.endsWith(wildcard.substring(1));
  }
}
