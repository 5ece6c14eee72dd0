package io.bugreport.collector.endpoints;

import io.bugreport.collector.api.ApiServer;
import io.bugreport.collector.engine.ChunkStream;
import io.bugreport.collector.engine.Deadline;
import io.bugreport.collector.pods.Pod;
import io.bugreport.model.resource.DocumentReader;
import io.bugreport.model.resource.Field;
import io.fabric8.kubernetes.client.http.WebSocket;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/// A request that a program inside the container sends, for where ports may not be forwarded: the
/// WebSocket of `pods/exec`, by `v4.channel.k8s.io`, with the answer on channel 1, errors on 2 and
/// the command's status on 3.
final class Exec implements WebSocket.Listener, Closeable {
  private static final int STDOUT = 1;
  private static final int STDERR = 2;
  private static final int STATUS = 3;
  private static final int ERROR_BYTES = 4 << 10;

  private final AtomicReference<@Nullable WebSocket> socket = new AtomicReference<>();
  private volatile boolean hungUp;
  private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
  private final ByteArrayOutputStream status = new ByteArrayOutputStream();
  private final ChunkStream out;

  private Exec(Deadline deadline) {
    this.out = new ChunkStream(deadline, this::more);
  }

  /// Asks.
  ///
  /// @throws io.bugreport.collector.api.ApiException when the API server refuses
  static Exec ask(
      ApiServer api, Pod pod, String container, EndpointRequest request, Deadline deadline)
      throws IOException {
    var exec = new Exec(deadline);
    List<String> command =
        request
            .command()
            .orElseThrow(
                () ->
                    new NotAskedException(
                        "port " + request.port() + " can only be reached by a port-forward"));
    api.connect(
        "/api/v1/namespaces/"
            + pod.namespace()
            + "/pods/"
            + pod.name()
            + "/exec?container="
            + container
            + "&stdout=true&stderr=true&"
            + command.stream()
                .map(word -> "command=" + URLEncoder.encode(word, StandardCharsets.UTF_8))
                .collect(Collectors.joining("&")),
        exec,
        deadline);
    return exec;
  }

  /// What the command prints; it ends with an error where the command fails.
  InputStream body() {
    return out;
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
    var channel = message.hasRemaining() ? message.get() : 0;
    switch (channel) {
      case STDOUT -> out.put(message.slice());
      case STDERR -> keep(errors, message, from);
      case STATUS -> keep(status, message, from);
      default -> from.request();
    }
  }

  private static void keep(ByteArrayOutputStream in, ByteBuffer message, WebSocket from) {
    var bytes = new byte[Math.min(message.remaining(), ERROR_BYTES - in.size())];
    message.get(bytes);
    in.writeBytes(bytes);
    from.request();
  }

  @Override
  public void onMessage(WebSocket from, String text) {
    from.request();
  }

  @Override
  public void onClose(WebSocket from, int code, String reason) {
    hungUp = true;
    var failure = failure();
    if (failure == null) {
      out.end();
    } else {
      out.fail(new IOException(failure));
    }
  }

  /// What the status says if it is not success.
  private @Nullable String failure() {
    if (status.size() == 0) {
      return null;
    }
    try (var parser = DocumentReader.json(new ByteArrayInputStream(status.toByteArray()))) {
      if (parser.nextToken() == null) {
        return null;
      }
      var said = new Field("", "", DocumentReader.read(parser));
      if (said.text("status").equals("Success")) {
        return null;
      }
      var lines = errors.toString(StandardCharsets.UTF_8).lines().toList();
      return said.text("message") + (lines.isEmpty() ? "" : ": " + lines.getLast());
    } catch (JacksonException _) {
      return status.toString(StandardCharsets.UTF_8);
    }
  }

  @Override
  public void onError(WebSocket from, Throwable failure) {
    hungUp = true;
    out.fail(new IOException("the command's connection broke: " + failure.getMessage(), failure));
  }

  @Override
  public void close() {
    out.close();
    var open = socket.get();
    if (open != null && !hungUp) {
      open.sendClose(1000, "");
    }
  }
}
