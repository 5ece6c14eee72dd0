package io.bugreport.app.serve.api;

import io.bugreport.app.serve.endpoint.PodCommand;
import io.bugreport.app.serve.endpoint.Recordings.PodPort;
import io.bugreport.app.serve.stream.Conversation;
import io.bugreport.app.serve.stream.ExecRequest;
import io.bugreport.app.serve.stream.ExecStreams;
import io.bugreport.app.serve.stream.PortForward;
import io.bugreport.app.serve.stream.UpgradedConnection;
import io.bugreport.app.serve.stream.WebSocketLink;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;

/// Answers what is asked of a pod beside the object itself: log, exec and port-forward.
final class PodRequests {
  private static final String PROTOCOL = "X-Stream-Protocol-Version";

  private final ClusterApi api;
  private final ServerWebSocketContainer webSockets;

  PodRequests(ClusterApi api, ServerWebSocketContainer webSockets) {
    this.api = api;
    this.webSockets = webSockets;
  }

  void log(Exchange exchange, ApiPath path) throws IOException, ApiError {
    var options = LogOptions.of(exchange.query(), api.collectedAt());
    var pod = api.pod(path.namespace(), path.name());
    var container = api.container(pod, exchange.query().get("container"));
    var log = api.log(pod, container, options);
    exchange.response().getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain");
    if (options.follow()) {
      exchange.lasting();
    }
    try (var out = exchange.body()) {
      log.copy(out);
      if (options.follow()) {
        out.flush();
        exchange.waitForClient(Duration.ofDays(1));
      }
    }
    exchange.callback().succeeded();
  }

  void exec(Exchange exchange, ApiPath path) throws IOException, ApiError {
    var query = exchange.query();
    var pod = api.pod(path.namespace(), path.name());
    var container = api.container(pod, query.get("container"));
    assert !container.isEmpty() : "a request that means no container is refused before";
    var exec =
        new ExecRequest(
            query.all("command"),
            query.flag("stdin"),
            query.flag("stdout"),
            query.flag("stderr"),
            query.flag("tty"),
            (command, out, err) ->
                new PodCommand(api.ports(), path.namespace(), path.name(), out, err).run(command));
    if (isWebSocket(exchange)) {
      upgrade(exchange, ExecStreams.WEB_SOCKET, _ -> ExecStreams.overWebSocket(exec));
    } else {
      upgradeToSpdy(exchange, ExecStreams.SPDY, ExecStreams.overSpdy(exec));
    }
  }

  void portForward(Exchange exchange, ApiPath path) throws IOException, ApiError {
    api.pod(path.namespace(), path.name());
    PortForward.Ports ports =
        (port, in, out) ->
            api.ports().serve(new PodPort(path.namespace(), path.name(), port), in, out);
    if (isWebSocket(exchange)) {
      var forwarded = ports(exchange.query());
      upgrade(
          exchange,
          List.of(PortForward.TUNNEL, PortForward.CHANNELS),
          protocol ->
              protocol.equals(PortForward.TUNNEL)
                  ? PortForward.overTunnel(ports)
                  : PortForward.overChannels(ports, forwarded));
    } else {
      upgradeToSpdy(exchange, PortForward.SPDY, PortForward.overSpdy(ports));
    }
  }

  /// The ports that a client of the channel protocol forwards; it names them in the query.
  private static List<Integer> ports(Query query) throws ApiError {
    List<Integer> ports = new ArrayList<>();
    for (var value : query.all("ports")) {
      for (var port : value.split(",", -1)) {
        if (!port.matches("\\d{1,5}") || ports.size() >= 100) {
          throw ApiError.badRequest("ports is not a list of ports: " + value);
        }
        ports.add(Integer.valueOf(port));
      }
    }
    return ports;
  }

  private static boolean isWebSocket(Exchange exchange) {
    return exchange.header(HttpHeader.UPGRADE).toLowerCase(Locale.ROOT).contains("websocket");
  }

  /// Makes a conversation in an agreed sub-protocol.
  @FunctionalInterface
  private interface Speaker {
    Conversation<WebSocketLink> in(String protocol);
  }

  private void upgrade(Exchange exchange, List<String> spoken, Speaker speaker) throws ApiError {
    var offered = exchange.header(HttpHeader.SEC_WEBSOCKET_SUBPROTOCOL);
    var words = List.of(offered.split("\\s*,\\s*", -1));
    var protocol = spoken.stream().filter(words::contains).findFirst();
    if (protocol.isEmpty()) {
      throw ApiError.badRequest(
          "unable to upgrade: none of the sub-protocols is spoken here: "
              + offered
              + "; spoken are "
              + spoken);
    }
    var upgraded =
        webSockets.upgrade(
            (request, response, callback) -> {
              response.setAcceptedSubProtocol(protocol.get());
              return new WebSocketLink(speaker.in(protocol.get()));
            },
            exchange.request(),
            exchange.response(),
            exchange.callback());
    if (!upgraded) {
      throw ApiError.badRequest("unable to upgrade: not a WebSocket handshake of version 13");
    }
  }

  private static void upgradeToSpdy(
      Exchange exchange, String protocol, Conversation<UpgradedConnection> conversation)
      throws ApiError {
    if (!exchange.header(HttpHeader.UPGRADE).equalsIgnoreCase("SPDY/3.1")) {
      throw ApiError.badRequest(
          "Upgrade request required: this path speaks WebSocket and SPDY/3.1");
    }
    var offered =
        exchange.request().getHeaders().getValuesList(PROTOCOL).stream()
            .flatMap(value -> List.of(value.split("\\s*,\\s*", -1)).stream())
            .toList();
    if (!offered.contains(protocol)) {
      throw new ApiError(
          403, "Forbidden", "unable to upgrade: only " + protocol + " is spoken here");
    }
    var metadata = exchange.request().getConnectionMetaData();
    var connection =
        new UpgradedConnection(
            metadata.getConnection().getEndPoint(),
            metadata.getConnector().getExecutor(),
            conversation);
    exchange.request().setAttribute(HttpStream.UPGRADE_CONNECTION_ATTRIBUTE, connection);
    var response = exchange.response();
    response.setStatus(101);
    response.getHeaders().put(HttpHeader.CONNECTION, "Upgrade");
    response.getHeaders().put(HttpHeader.UPGRADE, "SPDY/3.1");
    response.getHeaders().put(PROTOCOL, protocol);
    response.write(true, null, exchange.callback());
  }
}
