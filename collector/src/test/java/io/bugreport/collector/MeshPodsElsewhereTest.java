package io.bugreport.collector;

import static io.bugreport.collector.TestServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.bugreport.collector.rights.Need;
import io.bugreport.collector.selection.Scope;
import io.bugreport.model.snapshot.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What serves the mesh is found in one run with a workload of one namespace, wherever it is.
@Timeout(60)
class MeshPodsElsewhereTest {
  @TempDir Path folder;

  @Test
  void aGatewayOutsideOfTheNamedNamespaceIsCollected() throws IOException {
    try (var run = new TestRun(folder)) {
      serveGateway(run);

      var items = run.collect(MeshPodsElsewhereTest::oneNamespace);

      assertThat(items.outcome("c/logs/edge/gw/istio-proxy/current")).isEqualTo(Outcome.OK);
      assertThat(items.outcome("c/logs/shop/cart/app/current")).isEqualTo(Outcome.OK);
      assertThat(items.ids()).noneMatch(id -> id.contains("bystander"));
      assertThat(run.paths())
          .contains("clusters/c/namespaces/edge/pods/gw/gw.yaml")
          .noneMatch(path -> path.contains("bystander"));
      assertThat(items.summary().needs())
          .extracting(Need::words)
          .contains("get pods/log in namespace edge");
    }
  }

  @Test
  void withoutTheRightToLookForThemTheRunSaysSo() throws IOException {
    try (var run = new TestRun(folder)) {
      serveGateway(run);
      run.server().on("/api/v1/pods", e -> json(e, 403, "{\"message\":\"not for you\"}"));

      var items = run.collect(MeshPodsElsewhereTest::oneNamespace);

      assertThat(items.outcome("c/mesh-pods/gateways")).isEqualTo(Outcome.FORBIDDEN);
      assertThat(items.outcome("c/logs/shop/cart/app/current")).isEqualTo(Outcome.OK);
    }
  }

  @Test
  void aRunOfTheWholeClusterFindsThemWithoutALook() throws IOException {
    try (var run = new TestRun(folder)) {
      run.collect();

      assertThat(run.server().requests()).noneMatch(r -> r.contains("labelSelector"));
    }
  }

  private static CollectionOptions oneNamespace(CollectionOptions options) {
    return options.withScope(Scope.everything().in(new TreeSet<>(List.of("shop"))));
  }

  private static void serveGateway(TestRun run) {
    var gateway = pod("edge", "gw", "istio-proxy\",\"args\":[\"proxy\",\"router\"],\"x\":\"");
    run.server()
        .on(
            "/api/v1/pods",
            e ->
                json(
                    e,
                    200,
                    "{\"items\":["
                        + ("labelSelector=istio".equals(selector(e.getRequestURI().getQuery()))
                            ? gateway + "," + pod("edge", "bystander", "app")
                            : "")
                        + "]}"));
    run.server()
        .on(
            "/api/v1/namespaces/shop/pods",
            e -> json(e, 200, "{\"items\":[" + pod("shop", "cart", "app") + "]}"));
    run.server().on("/api/v1/namespaces/istio-system/pods", e -> json(e, 200, "{\"items\":[]}"));
    for (var path : List.of("edge/pods/gw", "shop/pods/cart")) {
      run.server().on("/api/v1/namespaces/" + path + "/log", e -> json(e, 200, "line\n"));
    }
  }

  private static String selector(String query) {
    return query.replaceFirst(".*&", "");
  }

  /// @param container its name, and further fields of its JSON
  private static String pod(String namespace, String name, String container) {
    return """
    {"metadata":{"name":"%s","namespace":"%s"},"spec":{"containers":[{"name":"%s"}]},
     "status":{"containerStatuses":[{"name":"%s","restartCount":0,"state":{"running":{}}}]}}
    """
        .formatted(name, namespace, container, container.replaceFirst("\".*", ""));
  }
}
