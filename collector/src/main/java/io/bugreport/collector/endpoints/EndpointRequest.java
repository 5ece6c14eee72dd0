package io.bugreport.collector.endpoints;

import io.bugreport.model.endpoint.Endpoint;
import io.bugreport.model.endpoint.ProxyId;
import io.bugreport.model.endpoint.Server;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// What is asked of a port of a pod. Nothing else is ever sent there, and it is made of an
/// [Endpoint] alone: there is no way to ask for any other path.
final class EndpointRequest {
  private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?");

  private final Endpoint endpoint;
  private final String request;

  private EndpointRequest(Endpoint endpoint, String request) {
    this.endpoint = endpoint;
    this.request = request;
  }

  static EndpointRequest of(Endpoint endpoint) {
    return new EndpointRequest(endpoint, endpoint.request());
  }

  static EndpointRequest of(Endpoint endpoint, ProxyId about) {
    if (!isName(about)) {
      throw new IllegalArgumentException("not the name of a pod: " + about);
    }
    return new EndpointRequest(endpoint, endpoint.request(about));
  }

  /// Whether a proxy's name is one that Kubernetes allows. It comes from the mesh, and must not
  /// become a part of a request that it is not meant to be.
  static boolean isName(ProxyId proxy) {
    return NAME.matcher(proxy.pod()).matches() && NAME.matcher(proxy.namespace()).matches();
  }

  Endpoint endpoint() {
    return endpoint;
  }

  int port() {
    return endpoint.port();
  }

  /// As HTTP.
  byte[] http() {
    return ("GET "
            + request
            + " HTTP/1.1\r\nHost: localhost:"
            + port()
            + "\r\nUser-Agent: bug-report\r\nAccept: */*\r\n\r\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  /// As the command that asks from inside the container; empty where there is none. `pilot-agent`
  /// knows Envoy's port and the agent's, `pilot-discovery` istiod's monitoring port alone, and
  /// ztunnel has no such command.
  Optional<List<String>> command() {
    var path = request.substring(1);
    return switch (endpoint.server()) {
      case ENVOY -> Optional.of(List.of("pilot-agent", "request", "GET", path));
      case AGENT ->
          Optional.of(
              List.of(
                  "pilot-agent", "request", "--debug-port", String.valueOf(port()), "GET", path));
      case ISTIOD ->
          port() == Server.ISTIOD.port()
              ? Optional.of(List.of("pilot-discovery", "request", "GET", path))
              : Optional.empty();
      case ZTUNNEL -> Optional.empty();
    };
  }
}
