package io.bugreport.app.serve;

import java.net.InetSocketAddress;
import java.util.regex.Pattern;

/// A port of a pod behind which something real answers instead of a recording.
///
/// @param cluster the cluster's name; empty for every cluster that has such a pod
/// @param port the port of the pod
/// @param target where connections go
public record LiveTarget(
    String cluster, String namespace, String pod, int port, InetSocketAddress target) {
  private static final Pattern SPELLING =
      Pattern.compile("(?:([^/=]+)/)?([^/=:]+)/([^/=:]+):(\\d{1,5})=([^=]+):(\\d{1,5})");

  /// Reads `[CLUSTER/]NAMESPACE/POD:PORT=HOST:PORT`.
  ///
  /// @throws IllegalArgumentException when it is spelled otherwise
  public static LiveTarget parse(String text) {
    var match = SPELLING.matcher(text);
    if (!match.matches()) {
      throw new IllegalArgumentException(
          "\""
              + text
              + "\" is not [CLUSTER/]NAMESPACE/POD:PORT=HOST:PORT, as in"
              + " shop/cart-0:15000=127.0.0.1:15000");
    }
    return new LiveTarget(
        match.group(1) == null ? "" : match.group(1),
        match.group(2),
        match.group(3),
        Integer.parseInt(match.group(4)),
        new InetSocketAddress(match.group(5), Integer.parseInt(match.group(6))));
  }
}
