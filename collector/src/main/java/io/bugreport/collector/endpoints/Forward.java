package io.bugreport.collector.endpoints;

import io.bugreport.collector.api.ApiServer;
import io.bugreport.collector.engine.ChunkStream;
import io.bugreport.collector.engine.Deadline;
import io.bugreport.collector.pods.Pod;
import io.fabric8.kubernetes.client.http.WebSocket;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A connection to ports of a pod: the WebSocket of `pods/portforward`, by the kubelet's protocol
/// `v4.channel.k8s.io`. The first byte of a message is its channel: for the n-th port 2n carries
/// bytes and 2n+1 an error, and both begin with the port's number in two bytes.
final class Forward implements WebSocket.Listener, Closeable {
  private static final int PORT_NUMBER_BYTES = 2;
  private static final Duration SEND_AGAIN = Duration.ofMillis(1);

  private final AtomicReference<@Nullable WebSocket> socket = new AtomicReference<>();
  private volatile boolean hungUp;
  private final Map<Integer, Channel> channels = new LinkedHashMap<>();
  private final List<Channel> inOrder;

  /// One port.
  private static final class Channel {
    private final int number;
    private final ChunkStream in;
    private int dataPrefix = PORT_NUMBER_BYTES;
    private int errorPrefix = PORT_NUMBER_BYTES;

    Channel(int number, ChunkStream in) {
      this.number = number;
      this.in = in;
    }
  }

  private Forward(Collection<Integer> ports, Deadline deadline) {
    for (var port : ports) {
      channels.put(port, new Channel(2 * channels.size(), new ChunkStream(deadline, this::more)));
    }
    this.inOrder = List.copyOf(channels.values());
  }

  /// Connects.
  ///
  /// @throws io.bugreport.collector.api.ApiException when the API server refuses
  static Forward open(ApiServer api, Pod pod, SequencedSet<Integer> ports, Deadline deadline)
      throws IOException {
    var forward = new Forward(ports, deadline);
    var query = ports.stream().map(p -> "ports=" + p).collect(Collectors.joining("&"));
    api.connect(
        "/api/v1/namespaces/" + pod.namespace() + "/pods/" + pod.name() + "/portforward?" + query,
        forward,
        deadline);
    return forward;
  }

  /// Whether a port can be asked.
  boolean isUsable(int port) {
    var channel = channels.get(port);
    return channel != null && !hungUp && channel.in.isOpen();
  }

  /// How many bytes a port has answered.
  long received(int port) {
    var channel = channels.get(port);
    return channel == null ? 0 : channel.in.received();
  }

  /// Asks a port, and reads the answer up to its body.
  HttpReply ask(EndpointRequest request, Deadline deadline) throws IOException {
    var channel = channels.get(request.port());
    var to = socket.get();
    if (channel == null || to == null) {
      throw new IOException("port " + request.port() + " is not connected");
    }
    channel.in.until(deadline);
    var bytes = request.http();
    var message =
        ByteBuffer.allocate(1 + bytes.length).put((byte) channel.number).put(bytes).flip();
    if (!isSent(message, to, channel, deadline)) {
      // What closed the connection may be known: then reading says it.
      channel.in.end();
    }
    return HttpReply.read(channel.in);
  }

  /// Sends a message; false where the connection has ended. The client's WebSocket refuses one
  /// while it still notes that the one before has gone out, and an answer may be faster than that.
  private static boolean isSent(
      ByteBuffer message, WebSocket to, Channel channel, Deadline deadline) throws IOException {
    while (!to.send(message.duplicate())) {
      if (!channel.in.isOpen()) {
        return false;
      }
      deadline.check();
      LockSupport.parkNanos(SEND_AGAIN.toNanos());
    }
    return true;
  }

  /// Gives a port up in the middle of an answer; the rest passes by.
  void abandon(int port) {
    var channel = channels.get(port);
    if (channel != null) {
      channel.in.close();
    }
  }

  private void more() {
    var from = socket.get();
    if (from != null) {
      from.request();
    }
  }

  @Override
  public void onOpen(WebSocket opened) {
    socket.set(opened);
  }

  @Override
  public void onMessage(WebSocket from, ByteBuffer message) {
    var number = message.hasRemaining() ? message.get() & 0xff : Integer.MAX_VALUE;
    if (number / 2 >= inOrder.size()) {
      from.request();
      return;
    }
    var channel = inOrder.get(number / 2);
    if (number % 2 == 0) {
      channel.dataPrefix -= skip(message, channel.dataPrefix);
      channel.in.put(message.slice());
      return;
    }
    channel.errorPrefix -= skip(message, channel.errorPrefix);
    if (message.hasRemaining()) {
      channel.in.fail(new IOException(StandardCharsets.UTF_8.decode(message).toString().strip()));
    }
    from.request();
  }

  private static int skip(ByteBuffer message, int count) {
    var skipped = Math.min(count, message.remaining());
    message.position(message.position() + skipped);
    return skipped;
  }

  @Override
  public void onMessage(WebSocket from, String text) {
    from.request();
  }

  @Override
  public void onClose(WebSocket from, int code, String reason) {
    hungUp = true;
    inOrder.forEach(channel -> channel.in.end());
  }

  @Override
  public void onError(WebSocket from, Throwable failure) {
    hungUp = true;
    var cause = new IOException("the port-forward broke: " + failure.getMessage(), failure);
    inOrder.forEach(channel -> channel.in.fail(cause));
  }

  @Override
  public void close() {
    inOrder.forEach(channel -> channel.in.close());
    var open = socket.get();
    if (open != null && !hungUp) {
      open.sendClose(1000, "");
    }
  }
}
