package io.bugreport.collector;

import static io.bugreport.collector.TestServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import io.bugreport.collector.pods.LogWindow;
import io.bugreport.model.snapshot.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Logs against a server that cuts them as a kubelet does.
@Timeout(60)
class LogsTest {
  private static final Instant START = Instant.parse("2026-11-24T02:00:00Z");
  private static final String POD =
      """
      {"metadata":{"name":"p","namespace":"n"},"spec":{"containers":[{"name":"app"}]},
       "status":{"containerStatuses":[{"name":"app","restartCount":%d,"state":{"running":{}}}]}}
      """;
  private static final String PATH = "/api/v1/namespaces/n/pods/p/log";
  private static final String CURRENT = "c/logs/n/p/app/current";
  private static final String FILE = "clusters/c/namespaces/n/pods/p/app/app/logs/current.log";

  @TempDir Path folder;

  @Test
  void aLostPreviousLogDoesNotLoseTheCurrentOne() throws IOException {
    try (var run = new TestRun(folder)) {
      run.server().onPods(POD.formatted(1));
      run.server()
          .on(
              PATH,
              e -> {
                if (String.valueOf(e.getRequestURI().getQuery()).contains("previous=true")) {
                  json(e, 400, "{\"message\":\"previous terminated container not found\"}");
                } else {
                  kubelet(e, 10);
                }
              });

      var items = run.collect();

      assertThat(items.outcome(CURRENT)).isEqualTo(Outcome.OK);
      assertThat(items.outcome("c/logs/n/p/app/previous")).isEqualTo(Outcome.NOT_FOUND);
    }
  }

  @Test
  void aLongLogKeepsItsBeginningAndItsNewestEnd() throws IOException {
    try (var run = new TestRun(folder)) {
      run.server().onPods(POD.formatted(0));
      run.server().on(PATH, e -> kubelet(e, 10_000));

      var items = run.collect(o -> o.withLogs(LogWindow.defaults().bytes(40_000)));

      assertThat(items.outcome(CURRENT)).isEqualTo(Outcome.TRUNCATED);
      assertThat(items.reason(CURRENT)).contains("its beginning and its newest end are kept");
      var log = run.text(FILE);
      assertThat(log.length()).isLessThan(41_000);
      assertThat(log.lines().findFirst()).contains(line(0));
      assertThat(log.lines().toList().getLast()).isEqualTo(line(9_999));
      assertThat(log.lines().distinct().count()).isEqualTo(log.lines().count());
    }
  }

  @Test
  void linesAfterTheEndOfTheWindowAreLeftOut() throws IOException {
    try (var run = new TestRun(folder)) {
      run.server().onPods(POD.formatted(0));
      run.server().on(PATH, e -> kubelet(e, 100));
      var window = LogWindow.defaults().since(START).until(START.plusSeconds(20));

      var items = run.collect(o -> o.withLogs(window));

      assertThat(items.outcome(CURRENT)).isEqualTo(Outcome.OK);
      assertThat(run.text(FILE).lines().toList().getLast()).isEqualTo(line(20));
      assertThat(run.server().requests())
          .anyMatch(r -> r.contains("sinceTime=2026-11-24T02:00:00Z"));
    }
  }

  @Test
  void whenAllLogsReachTheirLimitTheRestIsSkipped() throws IOException {
    try (var run = new TestRun(folder)) {
      run.server()
          .onPods(POD.formatted(0), POD.formatted(0).replace("\"name\":\"p\"", "\"name\":\"q\""));
      run.server().on(PATH, e -> kubelet(e, 100));
      run.server().on("/api/v1/namespaces/n/pods/q/log", e -> kubelet(e, 100));

      var items =
          run.collect(o -> o.withLogs(LogWindow.defaults().totalBytes(2_000)).withConcurrency(1));

      assertThat(items.outcome("c/logs/n/q/app/current")).isEqualTo(Outcome.SKIPPED);
      assertThat(items.reason("c/logs/n/q/app/current")).contains("--log-total");
    }
  }

  @Test
  void aLogThatNeverEndsIsKeptAsFarAsItCame() throws IOException {
    try (var run = new TestRun(folder)) {
      run.server().onPods(POD.formatted(0));
      run.server()
          .on(
              PATH,
              e -> {
                e.sendResponseHeaders(200, 0);
                e.getResponseBody().write((line(0) + "\n").getBytes(StandardCharsets.UTF_8));
                e.getResponseBody().flush();
                run.server().neverAnswer();
              });

      var items = run.collect(o -> o.withItemTimeout(Duration.ofSeconds(1)));

      assertThat(items.outcome(CURRENT)).isEqualTo(Outcome.TRUNCATED);
      assertThat(run.text(FILE)).isEqualTo(line(0) + "\n");
    }
  }

  /// Answers as a kubelet does: `tailLines` first, `limitBytes` of what that leaves.
  private static void kubelet(HttpExchange exchange, int lines) throws IOException {
    var query = String.valueOf(exchange.getRequestURI().getQuery());
    var from = Math.max(0, lines - number(query, "tailLines", lines));
    var log = new StringBuilder();
    IntStream.range((int) from, lines).forEach(i -> log.append(line(i)).append('\n'));
    var bytes = log.toString().getBytes(StandardCharsets.UTF_8);
    var kept = (int) Math.min(bytes.length, number(query, "limitBytes", bytes.length));
    exchange.sendResponseHeaders(200, kept);
    exchange.getResponseBody().write(Arrays.copyOf(bytes, kept));
  }

  private static long number(String query, String name, long otherwise) {
    var matcher = Pattern.compile(name + "=(\\d+)").matcher(query);
    return matcher.find() ? Long.parseLong(matcher.group(1)) : otherwise;
  }

  private static String line(int number) {
    return START.plusSeconds(number).toString().replace("Z", ".000000000Z") + " line " + number;
  }
}
