package io.bugreport.app.collect;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// An Envoy that runs for a test, with a listener, a cluster and its admin interface.
final class RealEnvoy implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(60);
  private static final String BOOTSTRAP =
      """
      node: {id: "sidecar~10.0.0.1~reviews.bookinfo~bookinfo.svc.cluster.local", cluster: reviews.bookinfo}
      admin: {address: {socket_address: {address: 127.0.0.1, port_value: ADMIN}}}
      static_resources:
        clusters:
        - name: outbound|9080||ratings.bookinfo.svc.cluster.local
          type: STATIC
          load_assignment:
            cluster_name: outbound|9080||ratings.bookinfo.svc.cluster.local
            endpoints: [{lb_endpoints: [{endpoint: {address: {socket_address: {address: 127.0.0.1, port_value: 1}}}}]}]
      """;

  private final Process process;
  private final int port;

  private RealEnvoy(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /// Starts a binary and waits until it is ready.
  static RealEnvoy start(Path binary, Path folder) throws IOException, InterruptedException {
    var port = freePort();
    var bootstrap = folder.resolve("envoy.yaml");
    Files.writeString(bootstrap, BOOTSTRAP.replace("ADMIN", String.valueOf(port)));
    var process =
        new ProcessBuilder(
                binary.toString(),
                "-c",
                bootstrap.toString(),
                "--use-dynamic-base-id",
                "-l",
                "error")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("envoy.log").toFile())
            .start();
    var envoy = new RealEnvoy(process, port);
    var end = System.nanoTime() + START.toNanos();
    while (!envoy.isReady()) {
      if (!process.isAlive() || System.nanoTime() > end) {
        envoy.close();
        throw new IOException(
            binary + " does not start: " + Files.readString(folder.resolve("envoy.log")));
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
    return envoy;
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  int port() {
    return port;
  }

  private boolean isReady() throws InterruptedException {
    try {
      return new String(get("/ready"), StandardCharsets.UTF_8).startsWith("LIVE");
    } catch (UncheckedIOException _) {
      return false; // it does not listen yet
    }
  }

  /// What it answers when it is asked directly, over a connection of its own.
  byte[] get(String path) throws InterruptedException {
    var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
    try (var client = HttpClient.newHttpClient()) {
      return client.send(request, BodyHandlers.ofByteArray()).body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
