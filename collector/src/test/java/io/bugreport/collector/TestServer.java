package io.bugreport.collector;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/// An API server of one group, `test.io`, whose kinds the test answers as it likes.
final class TestServer implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch closed = new CountDownLatch(1);

  /// Answers one request.
  @FunctionalInterface
  interface Answer {
    void to(HttpExchange exchange) throws IOException;
  }

  TestServer(String... plurals) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    on("/version", e -> json(e, 200, "{\"gitVersion\":\"v1.36.1\"}"));
    on("/api", e -> json(e, 200, discovery("", "v1", "pods")));
    on("/apis", e -> json(e, 200, discovery("test.io", "v1", plurals)));
    on("/api/v1/pods", e -> json(e, 200, list()));
    server.start();
  }

  void on(String path, Answer answer) {
    server.createContext(
        path,
        exchange -> {
          try (exchange) {
            answer.to(exchange);
          }
        });
  }

  void onList(String plural, Answer answer) {
    on("/apis/test.io/v1/" + plural, answer);
  }

  static void json(HttpExchange exchange, int code, String body) throws IOException {
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(code, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  /// Holds a request until the server is closed.
  void neverAnswer() {
    try {
      closed.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  static String list(String... names) {
    return "{\"kind\":\"ThingList\",\"apiVersion\":\"test.io/v1\",\"metadata\":{},\"items\":["
        + Arrays.stream(names)
            .map(
                name ->
                    "{\"metadata\":{\"namespace\":\"ns\",\"name\":\"%s\",\"managedFields\":[{}]},"
                            .formatted(name)
                        + "\"spec\":{\"port\":\"8080\",\"replicas\":2}}")
            .collect(Collectors.joining(","))
        + "]}";
  }

  private static String discovery(String group, String version, String... plurals) {
    var resources =
        Arrays.stream(plurals)
            .map(
                plural ->
                    "{\"resource\":\"%s\",\"scope\":\"Namespaced\",\"verbs\":[\"list\"],"
                            .formatted(plural)
                        + "\"responseKind\":{\"group\":\"\",\"version\":\"\",\"kind\":\"Thing\"}}")
            .collect(Collectors.joining(","));
    return "{\"kind\":\"APIGroupDiscoveryList\",\"apiVersion\":\"apidiscovery.k8s.io/v2\","
        + "\"items\":[{\"metadata\":{\"name\":\"%s\"},\"versions\":[{\"version\":\"%s\","
            .formatted(group, version)
        + "\"freshness\":\"Current\",\"resources\":["
        + resources
        + "]}]}]}";
  }

  Config config() {
    return new ConfigBuilder()
        .withAutoConfigure(false)
        .withMasterUrl("http://127.0.0.1:" + server.getAddress().getPort())
        .build();
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.close();
  }
}
