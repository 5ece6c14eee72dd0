package io.bugreport.analyzers.mesh;

/// Host names as Istio compares them.
public final class HostName {
  private HostName() {}

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
