package io.bugreport.collector;

import static org.assertj.core.api.Assertions.assertThat;

import io.bugreport.collector.PodSockets.Output;
import io.bugreport.model.snapshot.CollectedItem;
import io.bugreport.model.snapshot.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Proxies and control planes that misbehave, each beside one that does not.
@Timeout(60)
class ProxyFaultsTest {
  private static final int ADMIN = 15000;

  @TempDir Path folder;

  @Test
  void aProxyThatHangsCostsOneTimeoutAndEachOfItsItemsSaysSo() throws IOException {
    try (var run = new TestRun(folder)) {
      run.server().onPods(proxy("hangs"), proxy("fine"));

      var items = collect(run, (pod, _, _, out) -> pod.equals("hangs") || ok(out));

      assertThat(items.outcome("c/envoy/n/hangs/istio-proxy/server_info"))
          .isEqualTo(Outcome.TIMEOUT);
      assertThat(answers(items, "hangs"))
          .allSatisfy(item -> assertThat(item.outcome()).isEqualTo(Outcome.TIMEOUT));
      assertThat(answers(items, "hangs"))
          .as("requests that were sent: one for each port")
          .filteredOn(item -> item.attempts() > 0)
          .hasSize(2);
      assertThat(answers(items, "fine"))
          .allSatisfy(item -> assertThat(item.outcome()).isEqualTo(Outcome.OK));
    }
  }

  @Test
  void aProxyThatClosesInMidDumpLosesOnlyTheRestOfThatAnswer() throws IOException {
    try (var run = new TestRun(folder)) {
      run.server().onPods(proxy("p"));

      var items =
          collect(
              run,
              (_, _, path, out) -> {
                if (!path.startsWith("/config_dump")) {
                  return ok(out);
                }
                out.write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nhalf");
                return false;
              });

      var dump = items.item("c/envoy/n/p/istio-proxy/config_dump");
      assertThat(dump.outcome()).isEqualTo(Outcome.TRUNCATED);
      assertThat(run.text(String.valueOf(dump.path()))).isEqualTo("half");
      assertThat(answers(items, "p"))
          .filteredOn(item -> !item.id().endsWith("config_dump"))
          .allSatisfy(item -> assertThat(item.outcome()).isEqualTo(Outcome.OK));
    }
  }

  @Test
  void wherePortsMayNotBeForwardedACommandAsks() throws IOException {
    try (var run = new TestRun(folder)) {
      run.server().onPods(proxy("p"));

      var items =
          collect(
              run,
              new PodSockets.Pods() {
                @Override
                public boolean ask(String pod, int port, String path, Output out) {
                  throw new AssertionError("no port may be asked");
                }

                @Override
                public String run(String pod, List<String> command) {
                  return String.join(" ", command);
                }

                @Override
                public int upgrade(String path) {
                  return path.contains("/portforward") ? 403 : 101;
                }
              });

      assertThat(answers(items, "p"))
          .allSatisfy(item -> assertThat(item.outcome()).isEqualTo(Outcome.OK));
      assertThat(run.text("clusters/c/namespaces/n/pods/p/istio-proxy/envoy/server_info.json"))
          .isEqualTo("pilot-agent request GET server_info");
    }
  }

  @Test
  void aCommandThatHangsCostsOneTimeout() throws IOException {
    try (var run = new TestRun(folder)) {
      run.server().onPods(proxy("p"));
      var never = new CountDownLatch(1);

      var items =
          collect(
              run,
              new PodSockets.Pods() {
                @Override
                public boolean ask(String pod, int port, String path, Output out) {
                  return true;
                }

                @Override
                public String run(String pod, List<String> command) throws IOException {
                  try {
                    never.await();
                  } catch (InterruptedException e) {
                    throw new IOException(e);
                  }
                  return "";
                }

                @Override
                public int upgrade(String path) {
                  return path.contains("/portforward") ? 403 : 101;
                }
              });
      never.countDown();

      assertThat(answers(items, "p"))
          .allSatisfy(item -> assertThat(item.outcome()).isEqualTo(Outcome.TIMEOUT))
          .filteredOn(item -> item.attempts() > 0)
          .hasSize(1);
    }
  }

  @Test
  void aKubeletThatIsDownTakesNothingOfOtherNodesAndTheObjectsAreThere() throws IOException {
    try (var run = new TestRun(folder)) {
      run.server().onPods(proxy("down"), proxy("fine"));
      run.server()
          .on(
              "/api/v1/namespaces/n/pods/down/log",
              e -> TestServer.json(e, 500, "{\"message\":\"dial tcp: connection refused\"}"));
      run.server().on("/api/v1/namespaces/n/pods/fine/log", e -> TestServer.json(e, 200, "line\n"));

      var items =
          collect(
              run,
              new PodSockets.Pods() {
                @Override
                public boolean ask(String pod, int port, String path, Output out)
                    throws IOException {
                  return ok(out);
                }

                @Override
                public int upgrade(String path) {
                  return path.contains("/down/") ? 502 : 101;
                }
              },
              // Nothing hangs here, and every refusal is tried again.
              options -> options.withItemTimeout(Duration.ofMinutes(1)));

      assertThat(answers(items, "down"))
          .allSatisfy(item -> assertThat(item.outcome()).isEqualTo(Outcome.FAILED))
          .allSatisfy(item -> assertThat(item.reason()).contains("502"));
      assertThat(items.outcome("c/logs/n/down/istio-proxy/current")).isEqualTo(Outcome.FAILED);
      assertThat(items.outcome("c/logs/n/fine/istio-proxy/current")).isEqualTo(Outcome.OK);
      assertThat(answers(items, "fine"))
          .allSatisfy(item -> assertThat(item.outcome()).isEqualTo(Outcome.OK));
      assertThat(run.paths()).contains("clusters/c/namespaces/n/pods/down/down.yaml");
    }
  }

  @Test
  void anIstiodThatHangsLosesNothingOfItsOtherReplica() throws IOException {
    try (var run = new TestRun(folder)) {
      run.server().onPods(istiod("hangs"), istiod("fine"));

      var items = collect(run, (pod, _, _, out) -> pod.equals("hangs") || ok(out));

      assertThat(answers(items, "hangs"))
          .allSatisfy(item -> assertThat(item.outcome()).isEqualTo(Outcome.TIMEOUT));
      assertThat(answers(items, "fine"))
          .allSatisfy(item -> assertThat(item.outcome()).isEqualTo(Outcome.OK))
          .allSatisfy(item -> assertThat(item.replica()).isEqualTo("fine"));
    }
  }

  @Test
  void aZtunnelIsAskedOnItsOwnPorts() throws IOException {
    try (var run = new TestRun(folder)) {
      run.server().onPods(pod("z", "ztunnel", "\"app\":\"ztunnel\""));

      var items =
          collect(
              run,
              (_, port, _, out) -> {
                assertThat(port).isIn(ADMIN, 15020);
                return ok(out);
              });

      assertThat(items.outcome("c/ztunnel/n/z/istio-proxy/config_dump")).isEqualTo(Outcome.OK);
      assertThat(items.outcome("c/ztunnel/n/z/istio-proxy/metrics")).isEqualTo(Outcome.OK);
    }
  }

  private static boolean ok(Output out) throws IOException {
    out.write(PodSockets.http("fine"));
    return true;
  }

  private static TestRun.Items collect(TestRun run, PodSockets.Pods pods) throws IOException {
    return collect(run, pods, options -> options);
  }

  private static TestRun.Items collect(
      TestRun run, PodSockets.Pods pods, UnaryOperator<CollectionOptions> with) throws IOException {
    try (var sockets = new PodSockets(run.server(), pods)) {
      return run.collect(sockets.config(), with);
    }
  }

  private static List<CollectedItem> answers(TestRun.Items items, String pod) {
    var found =
        items.summary().items().stream()
            .filter(item -> item.id().contains("/n/" + pod + "/") && !item.source().equals("logs"))
            .toList();
    assertThat(found).as("answers of %s", pod).isNotEmpty();
    return found;
  }

  private static String proxy(String name) {
    return pod(name, "istio-proxy", "\"app\":\"x\"");
  }

  private static String istiod(String name) {
    return pod(name, "discovery", "\"app\":\"istiod\"");
  }

  private static String pod(String name, String container, String label) {
    var named = container.equals("ztunnel") ? "istio-proxy" : container;
    return """
    {"metadata":{"name":"%s","namespace":"n","labels":{%s}},
     "spec":{"containers":[{"name":"%s"}]},
     "status":{"containerStatuses":[{"name":"%s","restartCount":0,"state":{"running":{}}}]}}
    """
        .formatted(name, label, named, named);
  }
}
