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
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/// An API server of one group, `test.io`, whose kinds the test answers as it likes.
final class TestServer implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  private final List<String> core = new CopyOnWriteArrayList<>(List.of("pods"));
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);

  /// Answers one request.
  @FunctionalInterface
  interface Answer {
    void to(HttpExchange exchange) throws IOException;
  }

  TestServer(String... plurals) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::dispatch);
    on("/version", e -> json(e, 200, "{\"gitVersion\":\"v1.36.1\"}"));
    on("/api", e -> json(e, 200, discovery(group("", core))));
    on("/apis", e -> json(e, 200, discovery(group("test.io", List.of(plurals)))));
    on("/api/v1/pods", e -> json(e, 200, list()));
    server.start();
  }

  /// Answers this path and what lies below it; the longest path that fits decides, and of the same
  /// path the latest.
  void on(String path, Answer answer) {
    answers.put(path, answer);
  }

  private void dispatch(HttpExchange exchange) throws IOException {
    try (exchange) {
      var path = exchange.getRequestURI().getPath();
      requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
      answerTo(path).to(exchange);
    }
  }

  private Answer answerTo(String path) {
    return answers.entrySet().stream()
        .filter(e -> path.equals(e.getKey()) || path.startsWith(e.getKey() + "/"))
        .max(Comparator.comparingInt(e -> e.getKey().length()))
        .map(Map.Entry::getValue)
        .orElse(e -> json(e, 404, "{\"message\":\"there is no such path\"}"));
  }

  /// What arrived so far: method, path and query.
  List<String> requests() {
    return List.copyOf(requests);
  }

  /// Says that the user may do this and nothing else, in any namespace.
  ///
  /// @param rules JSON of `resourceRules`
  void onRights(String rules) {
    on(
        "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews",
        e -> json(e, 201, "{\"status\":{\"incomplete\":false,\"resourceRules\":" + rules + "}}"));
  }

  /// Serves pods.
  ///
  /// @param items JSON of each
  void onPods(String... items) {
    onCore("pods", items);
  }

  /// Serves objects of a kind of the core group.
  ///
  /// @param items JSON of each
  void onCore(String plural, String... items) {
    if (!core.contains(plural)) {
      core.add(plural);
    }
    on("/api/v1/" + plural, e -> json(e, 200, "{\"items\":[" + String.join(",", items) + "]}"));
  }

  /// Serves certificate signing requests beside the kinds of the test.
  void serveSigningRequests() {
    on(
        "/apis",
        e ->
            json(
                e,
                200,
                discovery(group("certificates.k8s.io", List.of("certificatesigningrequests")))));
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

  private static String group(String group, List<String> plurals) {
    var resources =
        plurals.stream()
            .map(
                plural ->
                    "{\"resource\":\"%s\",\"scope\":\"%s\",\"verbs\":[\"list\"],"
                            .formatted(plural, group.endsWith(".k8s.io") ? "Cluster" : "Namespaced")
                        + "\"responseKind\":{\"group\":\"\",\"version\":\"\",\"kind\":\"%s\"}}"
                            .formatted(kind(plural)))
            .collect(Collectors.joining(","));
    return "{\"metadata\":{\"name\":\"%s\"},\"versions\":[{\"version\":\"v1\",".formatted(group)
        + "\"freshness\":\"Current\",\"resources\":["
        + resources
        + "]}]}";
  }

  private static String kind(String plural) {
    return switch (plural) {
      case "secrets" -> "Secret";
      case "configmaps" -> "ConfigMap";
      default -> "Thing";
    };
  }

  private static String discovery(String... groups) {
    return "{\"kind\":\"APIGroupDiscoveryList\",\"apiVersion\":\"apidiscovery.k8s.io/v2\",\"items\":["
        + String.join(",", groups)
        + "]}";
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
