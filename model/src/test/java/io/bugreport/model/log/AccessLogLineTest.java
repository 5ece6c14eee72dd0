package io.bugreport.model.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class AccessLogLineTest {
  private static final String UPSTREAM = "outbound|80||cart.shop.svc.cluster.local";

  @Test
  void readsIstiosTextAfterTheKubeletsTime() {
    var line =
        LogLine.of(
            "2026-11-23T23:00:00.000000001Z [2026-11-23T23:00:00.000Z] \"GET /x HTTP/1.1\" 503 UF,URX"
                + " upstream_reset - \"-\" 0 19 0 - \"-\" \"curl/8\" \"id\" \"cart\" \"10.0.0.1:80\" "
                + UPSTREAM
                + " - 10.1.0.1:80 10.0.0.5:4000 - default");

    assertThat(line.time()).isPresent();
    assertThat(AccessLogLine.parse(line))
        .contains(new AccessLogLine(503, List.of("UF", "URX"), "upstream_reset", "cart", UPSTREAM));
  }

  @Test
  void readsJson() {
    var line =
        LogLine.of(
            "{\"response_code\":404,\"response_flags\":\"NR\",\"response_code_details\":\"route_not_found\",\"authority\":\"shop\",\"upstream_cluster\":null}");

    assertThat(AccessLogLine.parse(line).orElseThrow().flags()).containsExactly("NR");
  }

  @Test
  void passesOverWhatIsNoRequest() {
    for (var text :
        List.of("", "[", "{", "{\"response_flags\":", "2026-11-23T23:00:00Z\tinfo\tx")) {
      assertThat(AccessLogLine.parse(LogLine.of(text))).as(text).isEmpty();
    }
  }
}
