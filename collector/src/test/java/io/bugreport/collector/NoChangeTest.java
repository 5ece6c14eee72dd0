package io.bugreport.collector;

import static io.bugreport.collector.TestServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.bugreport.collector.selection.Scope;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Names that would lead to what changes a mesh, in every place that takes a name: nothing but
/// reads of known shapes may arrive.
@Timeout(60)
class NoChangeTest {
  private static final String READS =
      "GET /(version|api|apis)|GET"
          + " /apis?/[a-z0-9./-]+(\\?limit=500(&labelSelector=[A-Za-z0-9%.-]+)?(&continue=[A-Za-z0-9%]*)?)?|GET"
          + " /api/v1/namespaces/[a-z0-9-]+/pods/[a-z0-9.-]+/log\\?container=[a-z0-9-]+&timestamps=true.*|GET"
          + " /api/v1/namespaces/[a-z0-9-]+/pods/[a-z0-9.-]+/portforward\\?[a-z0-9=&]+|POST"
          + " /apis/authorization.k8s.io/v1/selfsubjectrulesreviews";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "istio-system/services/istiod:15014/proxy/debug/adsz?push=true&x=",
        "a/pods/b:15000/proxy/quitquitquit?",
        "../../../apis/apps/v1/namespaces/a/deployments/b/scale",
        "a%2Fpods%2Fb%2Fproxy%2Fquitquitquit",
        "a?watch=true&follow=true#",
        "a/pods/b/exec?command=rm&command=-rf&x=",
        "a\r\nDELETE /api/v1/namespaces/a HTTP/1.1\r\n\r\n",
        "a b",
        "A"
      })
  void noNameChangesAnything(String name) throws IOException {
    try (var run = new TestRun(folder, quoted(name))) {
      run.server().onPods(pod(name, "p", "app"), pod("n", name, "app"), pod("n", "p2", name));
      run.server()
          .on(
              "/api/v1/namespaces",
              e ->
                  json(e, 200, "{\"items\":[{\"metadata\":{\"name\":\"" + quoted(name) + "\"}}]}"));

      var items =
          run.collect(o -> o.withScope(Scope.everything().in(new TreeSet<>(List.of(name, "n")))));
      var everywhere = run.server().requests();

      assertThat(items.summary().interrupted()).isNull();
      assertThat(everywhere)
          .isNotEmpty()
          .allMatch(r -> r.matches(READS), "a read of a known shape");
      assertThat(everywhere).noneMatch(r -> r.contains("/proxy") || r.contains("/exec"));
    }
  }

  private static String pod(String namespace, String name, String container) {
    return """
    {"metadata":{"name":"%s","namespace":"%s"},
     "spec":{"containers":[{"name":"%s"},{"name":"istio-proxy","args":["sidecar"]}]},
     "status":{"containerStatuses":[{"name":"%s","restartCount":1,"state":{"running":{}}},
       {"name":"istio-proxy","restartCount":0,"state":{"running":{}}}]}}
    """
        .formatted(quoted(name), quoted(namespace), quoted(container), quoted(container));
  }

  private static String quoted(String text) {
    return text.replace("\r", "\\r").replace("\n", "\\n");
  }
}
