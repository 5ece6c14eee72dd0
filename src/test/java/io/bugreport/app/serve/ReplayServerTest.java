package io.bugreport.app.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bugreport.model.snapshot.Snapshot;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("a replayed cluster answers the fabric8 client as its API server did")
class ReplayServerTest {
  @TempDir static Path folder;
  private static Snapshot snapshot;
  private static ServerSocket live;
  private static ReplayServer server;
  private static KubernetesClient client;

  @BeforeAll
  static void start() throws IOException {
    snapshot = Snapshot.open(SampleArchive.write(folder), SampleArchive.COLLECTED);
    live = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(ReplayServerTest::echo);
    server =
        ReplayServer.start(
            snapshot,
            new ReplayOptions(
                0,
                List.of(LiveTarget.parse("shop/cart-0:9999=127.0.0.1:" + live.getLocalPort())),
                Optional.of(folder.resolve("kubeconfig")),
                Optional.of(folder.resolve("requests.log"))));
    client =
        new KubernetesClientBuilder()
            .withConfig(Config.fromKubeconfig(server.kubeconfigText()))
            .build();
  }

  private static void echo() {
    try (var socket = live.accept()) {
      socket.getInputStream().transferTo(socket.getOutputStream());
    } catch (IOException _) {
      // the test is over
    }
  }

  @AfterAll
  static void stop() throws IOException {
    client.close();
    server.close();
    live.close();
    snapshot.close();
  }

  @Test
  void listsAllNamespacesAndOne() {
    assertThat(names(client.pods().inAnyNamespace().list().getItems()))
        .containsExactly("istiod-1", "cart-0", "db-0");
    assertThat(names(client.pods().inNamespace("shop").list().getItems()))
        .containsExactly("cart-0", "db-0");
  }

  private static List<String> names(List<Pod> pods) {
    return pods.stream().map(pod -> pod.getMetadata().getName()).toList();
  }

  @Test
  void keepsTheTypesOfValues() {
    var pod = client.pods().inNamespace("shop").withName("cart-0").get();
    assertThat(pod.getMetadata().getAnnotations()).containsEntry("port", "8080");
  }

  @Test
  void selectsByLabelsAndFields() {
    var pods = client.pods().inNamespace("shop");
    assertThat(names(pods.withLabel("app", "cart").list().getItems())).containsExactly("cart-0");
    assertThat(names(pods.withLabelIn("app", "db", "x").list().getItems())).containsExactly("db-0");
    assertThat(names(pods.withoutLabel("tier").list().getItems())).containsExactly("db-0");
    assertThat(names(pods.withField("status.phase", "Pending").list().getItems()))
        .containsExactly("db-0");
    assertThat(
            client
                .v1()
                .events()
                .inNamespace("shop")
                .withField("involvedObject.uid", "u1")
                .list()
                .getItems())
        .extracting(event -> event.getReason())
        .containsExactly("OOM");
  }

  @Test
  void refusesASelectorThatItCannotHonour() {
    assertThatThrownBy(
            () -> client.pods().inNamespace("shop").withField("spec.nothing", "x").list())
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining("field label not supported");
  }

  @Test
  void pagesThroughLists() {
    var pods = client.pods().inAnyNamespace();
    var first = pods.list(new ListOptionsBuilder().withLimit(2L).build());
    assertThat(names(first.getItems())).containsExactly("istiod-1", "cart-0");
    assertThat(first.getMetadata().getRemainingItemCount()).isEqualTo(1);
    var second =
        pods.list(
            new ListOptionsBuilder()
                .withLimit(2L)
                .withContinue(first.getMetadata().getContinue())
                .build());
    assertThat(names(second.getItems())).containsExactly("db-0");
  }

  @Test
  void saysThatAForeignPageTokenIsGone() {
    assertThatThrownBy(
            () ->
                client
                    .pods()
                    .inAnyNamespace()
                    .list(new ListOptionsBuilder().withLimit(1L).withContinue("bm8").build()))
        .isInstanceOfSatisfying(
            KubernetesClientException.class, e -> assertThat(e.getCode()).isEqualTo(410));
  }

  @Test
  void neverTakesAForbiddenListForAnEmptyOne() {
    assertThatThrownBy(() -> client.services().inAnyNamespace().list())
        .isInstanceOfSatisfying(
            KubernetesClientException.class, e -> assertThat(e.getCode()).isEqualTo(403));
  }

  @Test
  void refusesToChangeAnything() {
    assertThatThrownBy(() -> client.pods().inNamespace("shop").withName("cart-0").delete())
        .hasMessageContaining("read-only");
  }

  @Test
  void servesCustomResourcesInEveryVersionOfTheirKind() {
    for (var version : List.of("networking.istio.io/v1", "networking.istio.io/v1beta1")) {
      var found =
          client
              .genericKubernetesResources(version, "VirtualService")
              .inNamespace("shop")
              .list()
              .getItems();
      assertThat(found).hasSize(1);
      assertThat(found.getFirst().getApiVersion()).isEqualTo(version);
    }
  }

  @Test
  void servesThePartOfALogThatIsAskedFor() {
    var app = client.pods().inNamespace("shop").withName("cart-0").inContainer("app");
    assertThat(app.getLog()).isEqualTo("first\nsecond\nthird\n");
    assertThat(app.tailingLines(1).getLog()).isEqualTo("third\n");
    assertThat(app.sinceSeconds(45).getLog()).isEqualTo("second\nthird\n");
    assertThat(app.limitBytes(3).getLog()).isEqualTo("fir");
    assertThat(app.usingTimestamps().tailingLines(1).getLog())
        .isEqualTo("2026-11-24T07:59:59.000000001Z third\n");
  }

  @Test
  void servesThePreviousLogAndSaysWhereThereIsNone() {
    var pod = client.pods().inNamespace("shop").withName("cart-0");
    assertThat(pod.inContainer("istio-proxy").terminated().getLog()).isEqualTo("killed\n");
    assertThatThrownBy(() -> pod.inContainer("app").terminated().getLog())
        .hasMessageContaining("previous terminated container \"app\" in pod \"cart-0\" not found");
  }

  @Test
  void asksForAContainerWhereSeveralCouldBeMeant() {
    assertThatThrownBy(() -> client.pods().inNamespace("shop").withName("db-0").getLog())
        .hasMessageContaining(
            "a container name must be specified for pod db-0, choose one of: [db istio-proxy]");
  }

  @Test
  void runsTheCommandsThatReadEndpoints() throws Exception {
    var out = new ByteArrayOutputStream();
    try (var exec =
        client
            .pods()
            .inNamespace("shop")
            .withName("cart-0")
            .inContainer("istio-proxy")
            .writingOutput(out)
            .exec("pilot-agent", "request", "GET", "server_info")) {
      assertThat(exec.exitCode().get(10, TimeUnit.SECONDS)).isZero();
    }
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("ENVOY_SERVER_INFO");
  }

  @Test
  void saysThatACommandIsNotReplayed() throws Exception {
    var err = new ByteArrayOutputStream();
    try (var exec =
        client
            .pods()
            .inNamespace("shop")
            .withName("cart-0")
            .inContainer("istio-proxy")
            .writingError(err)
            .exec("rm", "-rf", "/")) {
      assertThat(exec.exitCode().get(10, TimeUnit.SECONDS)).isEqualTo(127);
    }
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("not recorded");
  }

  @Test
  void answersSeveralRequestsOnOneForwardedConnection() throws Exception {
    try (var forward = client.pods().inNamespace("shop").withName("cart-0").portForward(15000);
        var http = HttpClient.newHttpClient()) {
      var address = "http://127.0.0.1:" + forward.getLocalPort();
      for (var path : List.of("/config_dump", "/config_dump?include_eds=true")) {
        var answer = get(http, address + path);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(SampleArchive.DUMP);
      }
      assertThat(get(http, address + "/clusters").statusCode()).isEqualTo(404);
      var posted =
          http.send(
              HttpRequest.newBuilder(URI.create(address + "/quitquitquit"))
                  .POST(HttpRequest.BodyPublishers.ofString("x"))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(posted.statusCode()).isEqualTo(405);
    }
  }

  @Test
  void repeatsTheStatusOfThen() throws Exception {
    try (var forward = client.pods().inNamespace("shop").withName("cart-0").portForward(15020);
        var http = HttpClient.newHttpClient()) {
      var answer = get(http, "http://127.0.0.1:" + forward.getLocalPort() + "/healthz/ready");
      assertThat(answer.statusCode()).isEqualTo(503);
    }
  }

  @Test
  void answersAboutOneProxy() throws Exception {
    try (var forward =
            client.pods().inNamespace("istio-system").withName("istiod-1").portForward(15014);
        var http = HttpClient.newHttpClient()) {
      var address = "http://127.0.0.1:" + forward.getLocalPort() + "/debug/ndsz?proxyID=";
      assertThat(get(http, address + "cart-0.shop").body()).isEqualTo("{\"table\":{}}");
      assertThat(get(http, address + "db-0.shop").statusCode()).isEqualTo(404);
    }
  }

  private static HttpResponse<String> get(HttpClient http, String address) throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void pipesALivePortThrough() throws Exception {
    try (var forward = client.pods().inNamespace("shop").withName("cart-0").portForward(9999);
        var socket = new Socket(InetAddress.getLoopbackAddress(), forward.getLocalPort())) {
      socket.getOutputStream().write("ping".getBytes(StandardCharsets.US_ASCII));
      assertThat(new String(socket.getInputStream().readNBytes(4), StandardCharsets.US_ASCII))
          .isEqualTo("ping");
    }
  }

  @Test
  void keepsTheKubeconfigToItsOwner() throws IOException {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(server.kubeconfig())))
        .isEqualTo("rw-------");
  }

  @Test
  void turnsAwayWhoeverHasNoToken() {
    var config = Config.fromKubeconfig(server.kubeconfigText());
    config.setOauthToken(null);
    config.setAutoOAuthToken(null);
    try (var stranger = new KubernetesClientBuilder().withConfig(config).build()) {
      assertThatThrownBy(() -> stranger.pods().inAnyNamespace().list())
          .isInstanceOfSatisfying(
              KubernetesClientException.class, e -> assertThat(e.getCode()).isEqualTo(401));
    }
  }
}
