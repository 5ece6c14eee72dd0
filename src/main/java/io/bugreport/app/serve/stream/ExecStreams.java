package io.bugreport.app.serve.stream;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// Exec over the two transports that clients have: channels of a WebSocket and streams of SPDY.
public final class ExecStreams {
  /// The WebSocket sub-protocols, newest first. The fifth version adds a message by which the
  /// client ends its input.
  public static final java.util.List<String> WEB_SOCKET =
      java.util.List.of("v5.channel.k8s.io", "v4.channel.k8s.io");

  /// The protocol of SPDY streams.
  public static final String SPDY = "v4.channel.k8s.io";

  private static final byte STDOUT = 1;
  private static final byte STDERR = 2;
  private static final byte ERROR = 3;
  private static final long OPENING_SECONDS = 30;

  private ExecStreams() {}

  /// Runs a request on a WebSocket.
  public static Conversation<WebSocketLink> overWebSocket(ExecRequest request) {
    return link -> {
      // An API server says so that the connection stands, on its lowest channel.
      link.send(new byte[] {request.stdout() ? STDOUT : request.stderr() ? STDERR : ERROR});
      var code = request.run(link.output(STDOUT), link.output(STDERR));
      link.output(ERROR).write(ExecRequest.status(code).getBytes(StandardCharsets.UTF_8));
    };
  }

  /// Runs a request on a SPDY connection, when the client has opened its streams.
  public static Conversation<UpgradedConnection> overSpdy(ExecRequest request) {
    return connection -> {
      var opened = new LinkedBlockingQueue<SpdyStream>();
      try (var session = new SpdySession(connection.input(), connection.output(), opened::add)) {
        var runner = Thread.ofVirtual().name("exec").start(() -> runOnStreams(request, opened));
        session.run();
        runner.interrupt();
      }
    };
  }

  private static void runOnStreams(ExecRequest request, LinkedBlockingQueue<SpdyStream> opened) {
    try {
      Map<String, SpdyStream> streams = new HashMap<>();
      var expected =
          1
              + (request.stdin() ? 1 : 0)
              + (request.stdout() ? 1 : 0)
              + (request.stderr() && !request.tty() ? 1 : 0)
              + (request.tty() ? 1 : 0);
      while (streams.size() < expected) {
        var stream = opened.poll(OPENING_SECONDS, TimeUnit.SECONDS);
        if (stream == null) {
          throw new InterruptedIOException("the client did not open its streams");
        }
        streams.put(stream.header("streamtype"), stream);
      }
      var code = request.run(output(streams, "stdout"), output(streams, "stderr"));
      output(streams, "error").write(ExecRequest.status(code).getBytes(StandardCharsets.UTF_8));
      for (var stream : streams.values()) {
        stream.output().close();
      }
    } catch (IOException e) {
      System.getLogger(ExecStreams.class.getName())
          .log(System.Logger.Level.DEBUG, "a client left before its command ended", e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt(); // the connection ended first
    }
  }

  private static OutputStream output(Map<String, SpdyStream> streams, String type) {
    var stream = streams.get(type);
    return stream == null ? OutputStream.nullOutputStream() : stream.output();
  }
}
