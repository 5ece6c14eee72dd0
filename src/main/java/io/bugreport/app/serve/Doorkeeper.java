package io.bugreport.app.serve;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/// Lets in who has the token and means this server. The check of `Host` keeps out web pages that
/// point a name of theirs at loopback.
final class Doorkeeper extends Handler.Wrapper {
  private final byte[] authorization;

  Doorkeeper(Handler inside, String token) {
    super(inside);
    this.authorization = ("Bearer " + token).getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    var host = request.getHeaders().get(HttpHeader.HOST);
    if (!isOurs(host == null ? "" : host, Request.getLocalPort(request))) {
      refuse(
          response, callback, 403, "Forbidden", "this server only answers to its loopback address");
      return true;
    }
    var given = request.getHeaders().get(HttpHeader.AUTHORIZATION);
    if (given == null
        || !MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), authorization)) {
      response.getHeaders().put(HttpHeader.WWW_AUTHENTICATE, "Bearer");
      refuse(response, callback, 401, "Unauthorized", "Unauthorized");
      return true;
    }
    return super.handle(request, response, callback);
  }

  private static boolean isOurs(String host, int port) {
    return switch (host.toLowerCase(Locale.ROOT)) {
      case String h when h.equals("127.0.0.1:" + port) -> true;
      case String h when h.equals("localhost:" + port) -> true;
      case String h when h.equals("[::1]:" + port) -> true;
      default -> false;
    };
  }

  private static void refuse(
      Response response, Callback callback, int code, String reason, String message) {
    response.setStatus(code);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
    Content.Sink.write(
        response,
        true,
        """
        {"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure",\
        "message":"%s","reason":"%s","code":%d}
        """
            .formatted(message, reason, code),
        callback);
  }
}
