package io.bugreport.app.serve.api;

import java.io.IOException;
import java.util.List;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;

/// The routes of one replayed API server. Nothing that changes an object exists: every such method
/// is a 405.
public final class ApiHandler extends Handler.Abstract {
  private static final long MAX_REVIEW = 64 << 10;
  private static final System.Logger LOG = System.getLogger(ApiHandler.class.getName());

  private final ClusterApi api;
  private final Discovery discovery;
  private final ObjectRequests objects;
  private final PodRequests pods;

  /// @param address host and port that clients reach it by
  public ApiHandler(ClusterApi api, String address, ServerWebSocketContainer webSockets) {
    this.api = api;
    this.discovery = new Discovery(api.catalog(), address);
    this.objects = new ObjectRequests(api);
    this.pods = new PodRequests(api, webSockets);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    var exchange = new Exchange(request, response, callback);
    try {
      try {
        route(exchange, ApiPath.segments(request.getHttpURI().getPath()));
      } catch (ApiError e) {
        exchange.fail(e);
      }
    } catch (IOException | RuntimeException e) {
      LOG.log(System.Logger.Level.DEBUG, "a request failed", e);
      if (response.isCommitted()) {
        callback.failed(e);
      } else {
        failed(exchange, e);
      }
    }
    return true;
  }

  private static void failed(Exchange exchange, Exception cause) {
    try {
      exchange.fail(
          new ApiError(
              500, "InternalError", "the snapshot cannot answer this: " + cause.getMessage()));
    } catch (IOException e) {
      e.addSuppressed(cause);
      exchange.callback().failed(e);
    }
  }

  private void route(Exchange exchange, List<String> segments) throws IOException, ApiError {
    var first = segments.isEmpty() ? "" : segments.getFirst();
    var objectPath = first.equals("api") || first.equals("apis");
    if (objectPath) {
      var path = ApiPath.parse(segments);
      if (path.isPresent()) {
        objects(exchange, path.get());
        return;
      }
    }
    if (!isRead(exchange)) {
      throw ApiError.readOnly(exchange.method());
    }
    if (objectPath) {
      discover(exchange, segments);
      return;
    }
    switch (first) {
      case "version" -> exchange.json(200, api.version());
      case "healthz", "livez", "readyz" -> exchange.text("ok");
      default -> throw ApiError.noSuchPath();
    }
  }

  private static boolean isRead(Exchange exchange) {
    return exchange.method().equals("GET") || exchange.method().equals("HEAD");
  }

  private void discover(Exchange exchange, List<String> segments) throws IOException, ApiError {
    var core = segments.getFirst().equals("api");
    switch (segments.size()) {
      case 1 -> {
        var accept = exchange.accept();
        if (accept.form() == Accept.Form.AGGREGATED_DISCOVERY) {
          exchange.json(
              200,
              discovery.aggregated(core, accept.version()),
              "application/json;g=apidiscovery.k8s.io;v="
                  + accept.version()
                  + ";as=APIGroupDiscoveryList");
        } else {
          exchange.json(200, core ? discovery.coreVersions() : discovery.groups());
        }
      }
      case 2 ->
          exchange.json(
              200,
              core ? discovery.resources("", segments.get(1)) : discovery.group(segments.get(1)));
      default -> exchange.json(200, discovery.resources(segments.get(1), segments.get(2)));
    }
  }

  private void objects(Exchange exchange, ApiPath path) throws IOException, ApiError {
    if (exchange.method().equals("POST")
        && path.name().isEmpty()
        && (path.group().equals("authorization.k8s.io")
            || path.group().equals("authentication.k8s.io"))) {
      review(exchange, path);
      return;
    }
    var pod = path.group().isEmpty() && path.plural().equals("pods");
    var upgrade = isRead(exchange) || exchange.method().equals("POST");
    if (pod && upgrade && path.subresource().equals("exec")) {
      pods.exec(exchange, path);
      return;
    }
    if (pod && upgrade && path.subresource().equals("portforward")) {
      pods.portForward(exchange, path);
      return;
    }
    if (!isRead(exchange)) {
      throw ApiError.readOnly(exchange.method());
    }
    if (pod && path.subresource().equals("log")) {
      pods.log(exchange, path);
      return;
    }
    var resource =
        api.catalog()
            .find(new ObjectType(path.group(), path.plural()), path.version())
            .orElseThrow(ApiError::noSuchPath);
    if (!path.subresource().isEmpty() && !path.subresource().equals("status")) {
      throw ApiError.noSuchPath();
    }
    objects.answer(exchange, path, resource);
  }

  private static void review(Exchange exchange, ApiPath path) throws IOException, ApiError {
    if (exchange.request().getLength() > MAX_REVIEW) {
      throw new ApiError(413, "RequestEntityTooLarge", "a review is not as large as this");
    }
    byte[] body;
    try (var in = Content.Source.asInputStream(exchange.request())) {
      body = in.readNBytes((int) MAX_REVIEW);
    }
    var posted = PostedReview.read(path.plural(), body);
    var apiVersion = path.group() + "/" + path.version();
    var answer = AccessReview.answer(path.plural(), apiVersion, posted);
    if (answer.isEmpty()) {
      throw ApiError.readOnly("creating " + path.plural());
    }
    exchange.json(201, answer.get());
  }
}
