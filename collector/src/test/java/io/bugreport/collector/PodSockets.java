package io.bugreport.collector;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/// Stands before a [TestServer] and answers the WebSockets of its pods: port-forwards, and
/// commands. Everything else goes on to the server.
final class PodSockets implements AutoCloseable {
  private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final URI behind;
  private final Pods pods;
  private final List<String> upgrades = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);

  /// What the pods do.
  interface Pods {
    /// Answers a request to a port of a pod, as raw HTTP.
    ///
    /// @param path the request's path and query
    /// @return whether the connection goes on after it
    boolean ask(String pod, int port, String path, Output out) throws IOException;

    /// What a command in a pod prints.
    default String run(String pod, List<String> command) throws IOException {
      throw new IOException("no command is expected");
    }

    /// The status that refuses an upgrade; 101 where it is not refused.
    default int upgrade(String path) {
      return 101;
    }
  }

  /// Where a port's answer goes.
  interface Output {
    void write(String text) throws IOException;
  }

  PodSockets(TestServer behind, Pods pods) throws IOException {
    this.behind = URI.create(behind.config().getMasterUrl());
    this.pods = pods;
    Thread.ofVirtual().start(this::accept);
  }

  Config config() {
    return new ConfigBuilder()
        .withAutoConfigure(false)
        .withMasterUrl("http://127.0.0.1:" + socket.getLocalPort())
        .build();
  }

  /// The paths of all upgrades that were asked for.
  List<String> upgrades() {
    return List.copyOf(upgrades);
  }

  /// Holds a connection until this is closed.
  void hang() {
    try {
      closed.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// A whole answer.
  static String http(String body) {
    return "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        var connection = socket.accept();
        Thread.ofVirtual().start(() -> serve(connection));
      } catch (IOException _) {
        return;
      }
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      var in = new DataInputStream(connection.getInputStream());
      var head = head(in);
      var path = head.split(" ", 3)[1];
      if (!head.contains("Upgrade: websocket")) {
        passOn(head, in, connection.getOutputStream());
        return;
      }
      upgrades.add(path);
      var code = pods.upgrade(path);
      var out = connection.getOutputStream();
      if (code != 101) {
        out.write(ascii("HTTP/1.1 " + code + " no\r\nContent-Length: 0\r\n\r\n"));
        return;
      }
      out.write(ascii(accepted(head)));
      var pod = path.split("/", -1)[6];
      if (path.contains("/exec?")) {
        command(pod, path, out);
      } else {
        forward(pod, path, in, out);
      }
    } catch (IOException _) {
      // The client has gone, which it may.
    }
  }

  private void passOn(String head, InputStream in, OutputStream out) throws IOException {
    try (var next = new Socket(behind.getHost(), behind.getPort())) {
      next.getOutputStream().write(ascii(head.replaceFirst("\r\n", "\r\nConnection: close\r\n")));
      Thread.ofVirtual()
          .start(
              () -> {
                try {
                  in.transferTo(next.getOutputStream());
                } catch (IOException _) {
                  // The answer was shorter than the question.
                }
              });
      next.getInputStream().transferTo(out);
    }
  }

  private void command(String pod, String path, OutputStream out) throws IOException {
    var words =
        Stream.of(path.replaceFirst(".*\\?", "").split("&", -1))
            .filter(pair -> pair.startsWith("command="))
            .map(pair -> pair.substring("command=".length()))
            .toList();
    frame(out, 1, ascii(pods.run(pod, words)));
    frame(out, 3, ascii("{\"status\":\"Success\"}"));
    out.write(new byte[] {(byte) 0x88, 2, 0x03, (byte) 0xe8});
    out.flush();
  }

  private void forward(String pod, String path, DataInputStream in, OutputStream out)
      throws IOException {
    var ports =
        Stream.of(path.replaceFirst(".*\\?", "").split("&", -1))
            .map(pair -> Integer.parseInt(pair.substring("ports=".length())))
            .toList();
    for (var i = 0; i < ports.size(); i++) {
      var number = new byte[] {ports.get(i).byteValue(), (byte) (ports.get(i) >> 8)};
      frame(out, 2 * i, number);
      frame(out, 2 * i + 1, number);
    }
    while (true) {
      var message = message(in);
      var channel = message.get();
      var request = StandardCharsets.US_ASCII.decode(message).toString();
      var goesOn =
          pods.ask(
              pod,
              ports.get(channel / 2),
              request.split(" ", 3)[1],
              text -> frame(out, channel, ascii(text)));
      if (!goesOn) {
        return;
      }
    }
  }

  /// A message of the client, which masks them (RFC 6455, section 5.3).
  private static ByteBuffer message(DataInputStream in) throws IOException {
    if ((in.readUnsignedByte() & 0xf) == 8) {
      throw new EOFException("closed");
    }
    var length = in.readUnsignedByte() & 0x7f;
    if (length == 126) {
      length = in.readUnsignedShort();
    }
    var mask = in.readNBytes(4);
    var bytes = in.readNBytes(length);
    for (var i = 0; i < bytes.length; i++) {
      bytes[i] ^= mask[i % 4];
    }
    return ByteBuffer.wrap(bytes);
  }

  private static synchronized void frame(OutputStream out, int channel, byte[] bytes)
      throws IOException {
    var frame = ByteBuffer.allocate(bytes.length + 5).put((byte) 0x82);
    var length = bytes.length + 1;
    if (length < 126) {
      frame.put((byte) length);
    } else {
      frame.put((byte) 126).putShort((short) length);
    }
    frame.put((byte) channel).put(bytes);
    out.write(frame.array(), 0, frame.position());
    out.flush();
  }

  private static String head(InputStream in) throws IOException {
    var head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
      var b = in.read();
      if (b < 0) {
        throw new EOFException("no request");
      }
      head.write(b);
    }
    return head.toString(StandardCharsets.US_ASCII);
  }

  private static String accepted(String head) {
    var key = head.replaceFirst("(?s).*Sec-WebSocket-Key: ([^\r]*)\r.*", "$1");
    try {
      var digest = MessageDigest.getInstance("SHA-1").digest(ascii(key + MAGIC));
      return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
          + "Sec-WebSocket-Protocol: v4.channel.k8s.io\r\nSec-WebSocket-Accept: "
          + Base64.getEncoder().encodeToString(digest)
          + "\r\n\r\n";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public void close() throws IOException {
    closed.countDown();
    socket.close();
  }
}
