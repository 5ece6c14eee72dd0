package io.bugreport.collector.api;

import io.bugreport.collector.engine.ChunkStream;
import io.bugreport.collector.engine.Deadline;
import io.bugreport.collector.engine.DeadlineException;
import io.bugreport.collector.engine.Engine;
import io.bugreport.collector.engine.Item;
import io.bugreport.collector.engine.StoppedException;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.WebSocket;
import io.fabric8.kubernetes.client.http.WebSocketHandshakeException;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// One cluster's API server. Everything here is a GET: plain ones, and the WebSocket upgrades by
/// which the ports and commands of a pod are read. The one exception is the question what the user
/// may do, which Kubernetes takes as a POST that stores nothing (docs/adr/0006).
public final class ApiServer implements Closeable {
  private static final int ATTEMPTS = 4;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  private final HttpClient client;
  private final String base;
  private final Engine engine;

  /// Prepares requests; none is sent yet.
  ///
  /// @param engine told when the server is in trouble and when it answers
  public ApiServer(Config config, Engine engine) {
    this.client = new JdkHttpClientFactory().newBuilder(settings(config)).build();
    this.base = config.getMasterUrl().replaceAll("/+$", "");
    this.engine = engine;
  }

  /// Deadlines and retries are ours. HTTP/1.1, since the JDK's HTTP/2 takes 16 MiB of a body before
  /// anyone reads it, and so much for each of several would not fit into a small heap.
  private static Config settings(Config config) {
    return new ConfigBuilder(config)
        .withHttp2Disable(true)
        .withRequestRetryBackoffLimit(0)
        .withRequestTimeout(0)
        .withConnectionTimeout(10_000)
        .withWebsocketPingInterval(0L)
        .withUserAgent("bug-report")
        .build();
  }

  /// Asks once, without asking again.
  ///
  /// @param path path and query
  /// @throws ApiException when the answer is an error
  public ApiResponse get(String path, String accept, Deadline deadline) throws IOException {
    var uri = base + AllowedRequest.get(path);
    return send(request(deadline).uri(uri).header("Accept", accept).build(), deadline);
  }

  /// Asks what the user may do in a namespace: a `SelfSubjectRulesReview`, the only request with a
  /// body that is ever sent.
  public ApiResponse reviewRights(String namespace, Item item, Deadline deadline)
      throws IOException {
    var request =
        request(deadline)
            .uri(base + RightsQuestion.PATH)
            .header("Accept", "application/json")
            .post("application/json", RightsQuestion.about(namespace))
            .build();
    return retrying(item, deadline, () -> send(request, deadline));
  }

  /// A request whose connection the client closes when no answer begins in time.
  private HttpRequest.Builder request(Deadline deadline) {
    return client
        .newHttpRequestBuilder()
        .timeout(Math.max(1, deadline.remaining().toMillis()), TimeUnit.MILLISECONDS);
  }

  private ApiResponse send(HttpRequest request, Deadline deadline) throws IOException {
    var source = new AtomicReference<@Nullable AsyncBody>();
    var body =
        new ChunkStream(
            deadline,
            () -> {
              var from = source.get();
              if (from != null) {
                from.consume();
              }
            });
    var pending =
        client.consumeBytes(
            request,
            (buffers, from) -> {
              source.set(from);
              body.put(joined(buffers));
            });
    HttpResponse<AsyncBody> response;
    try {
      response = deadline.await(pending);
    } catch (HttpTimeoutException e) {
      deadline.check();
      throw new DeadlineException("no answer in time: " + e.getMessage());
    } catch (IOException e) {
      var _ =
          pending.whenComplete(
              (late, _) -> {
                if (late != null) {
                  late.body().cancel();
                }
              });
      throw e;
    }
    var from = response.body();
    source.set(from);
    var _ =
        from.done()
            .whenComplete(
                (_, failure) -> {
                  if (failure == null) {
                    body.end();
                  } else {
                    body.fail(
                        new IOException("the answer was cut off: " + cause(failure), failure));
                  }
                });
    from.consume();
    var answer = new ApiResponse(response.code(), body, from);
    if (!response.isSuccessful()) {
      try (answer) {
        var error = ErrorBody.read(body);
        throw new ApiException(
            response.code(),
            error.message(),
            retryAfter(response.header("Retry-After")),
            error.continueToken());
      }
    }
    engine.speedUp();
    return answer;
  }

  private static ByteBuffer joined(List<ByteBuffer> buffers) {
    if (buffers.size() == 1) {
      return buffers.getFirst();
    }
    var all = ByteBuffer.allocate(buffers.stream().mapToInt(ByteBuffer::remaining).sum());
    buffers.forEach(all::put);
    return all.flip();
  }

  private static String cause(Throwable failure) {
    var cause = failure.getCause() == null ? failure : failure.getCause();
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }

  private static @Nullable Duration retryAfter(@Nullable String header) {
    return header != null && header.matches("\\d{1,5}")
        ? Duration.ofSeconds(Long.parseLong(header))
        : null;
  }

  /// A request that can be tried again.
  @FunctionalInterface
  public interface Attempt<T> {
    T run() throws IOException;
  }

  /// Asks until there is an answer, as long as asking again can help: after connection errors, 429
  /// and 5xx, with growing pauses or those that the server wants.
  public <T> T retrying(Item item, Deadline deadline, Attempt<T> attempt) throws IOException {
    return retrying(item, deadline, attempt, true);
  }

  /// [#retrying] for what a node answers through the server: logs, ports and commands of pods. A
  /// node that is down makes the server answer 5xx, which is no reason to spare the server.
  public <T> T retryingNode(Item item, Deadline deadline, Attempt<T> attempt) throws IOException {
    return retrying(item, deadline, attempt, false);
  }

  private <T> T retrying(Item item, Deadline deadline, Attempt<T> attempt, boolean own)
      throws IOException {
    for (var n = 1; ; n++) {
      item.attempt();
      try {
        return attempt.run();
      } catch (DeadlineException | StoppedException e) {
        throw e;
      } catch (ApiException e) {
        // A server that asks for patience answers in the end: only the time limits that.
        if (!e.isPassing() || (n >= ATTEMPTS && !e.isBusy())) {
          throw e;
        }
        var wanted = e.retryAfter();
        var pause = wanted == null ? pause(n) : wanted;
        if (pause.compareTo(deadline.remaining()) >= 0) {
          throw e;
        }
        if (own || e.isBusy()) {
          engine.slowDown(pause);
        }
        deadline.pause(pause);
      } catch (IOException e) {
        var pause = pause(n);
        if (n == ATTEMPTS || pause.compareTo(deadline.remaining()) >= 0) {
          throw e;
        }
        deadline.pause(pause);
      }
    }
  }

  /// Grows with each attempt; up to twice as long, so that not all ask again at once.
  private static Duration pause(int attempt) {
    var doublings = 2 * (Math.min(attempt, ATTEMPTS) - 1);
    var ms = Math.min(FIRST_PAUSE.toMillis() << doublings, LONGEST_PAUSE.toMillis());
    return Duration.ofMillis(ms + ThreadLocalRandom.current().nextLong(ms));
  }

  /// [#get] with [#retrying].
  public ApiResponse getRetrying(String path, String accept, Item item, Deadline deadline)
      throws IOException {
    return retrying(item, deadline, () -> get(path, accept, deadline));
  }

  /// [#get] with [#retryingNode].
  public ApiResponse getFromNode(String path, String accept, Item item, Deadline deadline)
      throws IOException {
    return retryingNode(item, deadline, () -> get(path, accept, deadline));
  }

  /// Opens a WebSocket to a subresource of a pod.
  ///
  /// @throws ApiException when the server refuses
  public WebSocket connect(String path, WebSocket.Listener listener, Deadline deadline)
      throws IOException {
    var uri = URI.create(base + AllowedRequest.upgrade(path));
    CompletableFuture<WebSocket> pending =
        client
            .newWebSocketBuilder()
            .uri(uri)
            .subprotocol("v4.channel.k8s.io")
            .connectTimeout(Math.max(1, deadline.remaining().toMillis()), TimeUnit.MILLISECONDS)
            .buildAsync(listener);
    try {
      var socket = deadline.await(pending);
      engine.speedUp();
      return socket;
    } catch (HttpTimeoutException e) {
      deadline.check();
      throw new DeadlineException("no answer in time: " + e.getMessage());
    } catch (WebSocketHandshakeException e) {
      var code = e.getResponse().code();
      throw new ApiException(
          code, "the upgrade was refused", retryAfter(e.getResponse().header("Retry-After")), "");
    } catch (IOException e) {
      var _ =
          pending.whenComplete(
              (late, _) -> {
                if (late != null) {
                  late.sendClose(1000, "");
                }
              });
      throw e;
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
