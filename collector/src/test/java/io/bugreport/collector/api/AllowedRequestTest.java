package io.bugreport.collector.api;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Which paths may be asked for at all.
class AllowedRequestTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/version",
        "/apis/networking.istio.io/v1",
        "/api/v1/pods?limit=500&continue=a%3D%3D",
        "/apis/networking.istio.io/v1/namespaces/bookinfo/virtualservices?limit=500",
        "/api/v1/namespaces/a/pods/b.c/log?container=d&timestamps=true&sinceTime=2026-11-24T00:00:00Z"
      })
  void readsAreAllowed(String path) {
    assertThatCode(() -> AllowedRequest.get(path)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/namespaces/istio-system/services/istiod:15014/proxy/debug/adsz?push=true",
        "/api/v1/namespaces/a/pods/b:15000/proxy/quitquitquit",
        "/api/v1/namespaces/a/pods/b/proxy",
        "/api/v1/namespaces/a/pods/b/attach?container=c",
        "/api/v1/namespaces/a/pods/b/exec?command=sh",
        "/api/v1/namespaces/a/../b/pods",
        "/api/v1/namespaces/a%2Fb/pods",
        "/api/v1/nodes/n/proxy/run",
        "/api/v1/namespaces/a/pods/b/log?container=c&follow=true",
        "/debug/pprof/profile",
        "http://elsewhere/api",
        "/api/v1/pods?limit=1#x",
        "/api/v1/pods?pretty"
      })
  void everythingElseIsRefused(String path) {
    assertThatThrownBy(() -> AllowedRequest.get(path)).hasMessageContaining("not asked");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/namespaces/a/pods/b/attach?container=c",
        "/api/v1/namespaces/a/pods/b/exec?container=c&stdin=true",
        "/api/v1/namespaces/a/services/b/proxy"
      })
  void onlyReadingUpgradesAreAllowed(String path) {
    assertThatThrownBy(() -> AllowedRequest.upgrade(path)).hasMessageContaining("not asked");
  }

  @Property
  void noNameLeadsOutOfItsPlace(@ForAll String name) {
    if (!name.matches("[a-z0-9]([-a-z0-9.]*[a-z0-9])?")) {
      assertThatThrownBy(
              () -> AllowedRequest.get("/api/v1/namespaces/" + name + "/pods/x/log?container=c"))
          .hasMessageContaining("not asked");
    }
  }
}
