package io.bugreport.app.serve.stream;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Port-forward over the three transports that clients have: channels of a WebSocket (fabric8),
/// SPDY (kubectl to 1.30), and SPDY inside a WebSocket (kubectl from 1.31).
public final class PortForward {
  /// The sub-protocol that carries SPDY in the messages of a WebSocket.
  public static final String TUNNEL = "SPDY/3.1+portforward.k8s.io";

  /// The sub-protocol of two channels for each port.
  public static final String CHANNELS = "v4.channel.k8s.io";

  /// The protocol of SPDY streams.
  public static final String SPDY = "portforward.k8s.io";

  /// Serves one connection to a port of the pod.
  @FunctionalInterface
  public interface Ports {
    /// Serves it until either side ends it.
    ///
    /// @throws IOException when nothing listens there, or the connection breaks
    void serve(int port, InputStream in, OutputStream out) throws IOException;
  }

  private static final System.Logger LOG = System.getLogger(PortForward.class.getName());

  private PortForward() {}

  /// SPDY directly on the connection.
  public static Conversation<UpgradedConnection> overSpdy(Ports ports) {
    return connection -> spdy(ports, connection.input(), connection.output());
  }

  /// SPDY inside a WebSocket.
  public static Conversation<WebSocketLink> overTunnel(Ports ports) {
    return link -> spdy(ports, link.input(), link.output());
  }

  private static void spdy(Ports ports, InputStream in, OutputStream out) throws IOException {
    Map<String, SpdyStream> waiting = new HashMap<>();
    try (var session =
        new SpdySession(
            in,
            out,
            stream -> {
              var partner = waiting.remove(stream.header("requestid"));
              if (partner == null) {
                waiting.put(stream.header("requestid"), stream);
              } else if (stream.header("streamtype").equals("data")) {
                Thread.ofVirtual().name("forward").start(() -> serve(ports, stream, partner));
              } else {
                Thread.ofVirtual().name("forward").start(() -> serve(ports, partner, stream));
              }
            })) {
      session.run();
    }
  }

  private static void serve(Ports ports, SpdyStream data, SpdyStream error) {
    try {
      try {
        ports.serve(port(data.header("port")), data.input(), data.output());
      } catch (IOException e) {
        error.output().write(text(e).getBytes(StandardCharsets.UTF_8));
      }
      data.output().close();
      error.output().close();
      data.input().close();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "a forwarded connection ended", e);
    }
  }

  private static String text(IOException problem) {
    var message = problem.getMessage();
    return message == null ? problem.toString() : message;
  }

  private static int port(String text) throws IOException {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IOException("not a port: " + text, e);
    }
  }

  /// Two channels for each port: the even one carries data, the odd one an error. The first message
  /// of each says its port, low byte first.
  public static Conversation<WebSocketLink> overChannels(Ports ports, List<Integer> forwarded) {
    return link -> {
      List<ByteQueue> queues = new ArrayList<>();
      List<Thread> connections = new ArrayList<>();
      for (var i = 0; i < forwarded.size(); i++) {
        int port = forwarded.get(i);
        var data = (byte) (2 * i);
        var error = (byte) (2 * i + 1);
        link.send(new byte[] {data, (byte) port, (byte) (port >> 8)});
        link.send(new byte[] {error, (byte) port, (byte) (port >> 8)});
        var queue = new ByteQueue();
        queues.add(queue);
        connections.add(
            Thread.ofVirtual()
                .name("forward")
                .start(() -> serveChannel(ports, port, queue, link, data, error)));
      }
      var reader = Thread.ofVirtual().name("channels").start(() -> distribute(link, queues));
      try {
        for (var connection : connections) {
          connection.join();
        }
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
      reader.interrupt();
    };
  }

  private static void distribute(WebSocketLink link, List<ByteQueue> queues) {
    try {
      for (var message = link.receive(); message != null; message = link.receive()) {
        var channel = message[0] & 0xff;
        if (channel % 2 == 0 && channel / 2 < queues.size()) {
          var bytes = new byte[message.length - 1];
          System.arraycopy(message, 1, bytes, 0, bytes.length);
          queues.get(channel / 2).put(bytes);
        }
      }
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "a forwarded connection ended", e);
    } finally {
      queues.forEach(ByteQueue::end);
    }
  }

  private static void serveChannel(
      Ports ports, int port, ByteQueue queue, WebSocketLink link, byte data, byte error) {
    try (var in = queue.input(_ -> {})) {
      try {
        ports.serve(port, in, link.output(data));
      } catch (IOException e) {
        link.output(error).write(text(e).getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "a forwarded connection ended", e);
    }
  }
}
