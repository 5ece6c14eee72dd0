package io.bugreport.app.serve.api;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import tools.jackson.databind.JsonNode;

/// One request and its answer.
final class Exchange {
  private final Request request;
  private final Response response;
  private final Callback callback;
  private final Query query;

  Exchange(Request request, Response response, Callback callback) {
    this.request = request;
    this.response = response;
    this.callback = callback;
    this.query = new Query(Request.extractQueryParameters(request));
  }

  Request request() {
    return request;
  }

  Response response() {
    return response;
  }

  Callback callback() {
    return callback;
  }

  Query query() {
    return query;
  }

  String method() {
    return request.getMethod();
  }

  String header(HttpHeader name) {
    var values = request.getHeaders().getValuesList(name);
    return String.join(",", values);
  }

  Accept accept() throws ApiError {
    return Accept.parse(header(HttpHeader.ACCEPT));
  }

  /// Says what kubectl shows beside the answer.
  void warn(String text) {
    var plain = text.replaceAll("[^ -~]", " ").replace("\\", "\\\\").replace("\"", "\\\"");
    response
        .getHeaders()
        .add("Warning", "299 - \"" + plain.substring(0, Math.min(300, plain.length())) + "\"");
  }

  void json(int status, JsonNode document) throws IOException {
    json(status, document, "application/json");
  }

  void json(int status, JsonNode document, String contentType) throws IOException {
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, contentType);
    try (var out = body()) {
      JsonText.MAPPER.writeValue(out, document);
    }
    callback.succeeded();
  }

  void fail(ApiError error) throws IOException {
    json(error.code(), error.status());
  }

  void text(String text) throws IOException {
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain; charset=utf-8");
    Content.Sink.write(response, true, text, callback);
  }

  /// The answer's body. Closing it ends the answer.
  OutputStream body() {
    return Content.Sink.asOutputStream(response);
  }

  /// Says that the connection ends with this answer: nothing else can be asked on one that is
  /// [#waitForClient] has watched.
  void lasting() {
    response.getHeaders().put(HttpHeader.CONNECTION, "close");
    request.getConnectionMetaData().getConnection().getEndPoint().setIdleTimeout(0);
  }

  /// Waits until the client leaves, or so long.
  void waitForClient(Duration longest) {
    var left = new Callback.Completable();
    var endPoint = request.getConnectionMetaData().getConnection().getEndPoint();
    if (!endPoint.tryFillInterested(left)) {
      return;
    }
    try {
      left.get(longest.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException _) {
      // Either way the answer is over.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
