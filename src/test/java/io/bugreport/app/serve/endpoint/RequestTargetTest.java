package io.bugreport.app.serve.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestTargetTest {
  @ParameterizedTest
  @CsvSource({
    "/config_dump?include_eds, /config_dump",
    "/config_dump?include_eds=true, /config_dump",
    "config_dump, /config_dump",
    "/debug/cachez?sizes=true, /debug/cachez?sizes",
    "http://localhost:15000/clusters?format=json, /clusters?format=json",
    "/debug/ndsz?proxyID=a.b, /debug/ndsz?proxyID=a.b",
    "/x?b&a=1, /x?a=1&b"
  })
  void hasOneSpelling(String target, String key) {
    assertThat(RequestTarget.parse(target).key()).isEqualTo(key);
  }

  @ParameterizedTest
  @CsvSource({
    "/clusters, /clusters?format=json",
    "/stats, /stats?usedonly",
    "/debug/cachez, /debug/cachez?sizes"
  })
  void isNotTakenForAnother(String one, String other) {
    assertThat(RequestTarget.parse(one).key()).isNotEqualTo(RequestTarget.parse(other).key());
  }
}
