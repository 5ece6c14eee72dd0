package io.bugreport.collector.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bugreport.collector.engine.Deadline;
import io.bugreport.collector.engine.DeadlineException;
import io.bugreport.collector.engine.Engine;
import io.bugreport.collector.engine.Stop;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A request that is given up costs the server nothing more: its connection is closed.
@Timeout(60)
class ClosedConnectionTest {
  private final Stop stop = new Stop();

  @Test
  void aRequestWithoutAnAnswerIsClosedAtItsDeadline() throws Exception {
    try (var server = new Mute("");
        var api = api(server)) {
      assertThatThrownBy(() -> api.get("/version", "*/*", within(Duration.ofMillis(300))))
          .isInstanceOf(DeadlineException.class);

      assertThat(server.seesClose()).as("the server sees the connection's end").isTrue();
    }
  }

  @Test
  void anAnswerThatStopsInTheMiddleIsClosedAtItsDeadline() throws Exception {
    try (var server = new Mute("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
        var api = api(server)) {
      try (var response = api.get("/version", "*/*", within(Duration.ofMillis(500)))) {
        assertThatThrownBy(() -> response.body().readAllBytes())
            .isInstanceOf(DeadlineException.class);
      }

      assertThat(server.seesClose()).as("the server sees the connection's end").isTrue();
    }
  }

  private Deadline within(Duration time) {
    return Deadline.in(time, stop);
  }

  private ApiServer api(Mute server) {
    var config =
        new ConfigBuilder()
            .withAutoConfigure(false)
            .withMasterUrl("http://127.0.0.1:" + server.socket.getLocalPort())
            .build();
    return new ApiServer(config, new Engine(1, 1, stop));
  }

  /// A server that begins an answer, at most, and then waits for the client to hang up.
  private static final class Mute implements AutoCloseable {
    private final ServerSocket socket;
    private final CountDownLatch closed = new CountDownLatch(1);

    Mute(String answer) throws IOException {
      socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
      Thread.ofVirtual().start(() -> serve(answer));
    }

    private void serve(String answer) {
      try (var connection = socket.accept()) {
        var in = connection.getInputStream();
        for (var last = 0; last != ('\r' << 24 | '\n' << 16 | '\r' << 8 | '\n'); ) {
          last = last << 8 | in.read();
        }
        connection.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
        while (in.read() >= 0) {}
        closed.countDown();
      } catch (IOException _) {
        // A reset is an end as well.
        closed.countDown();
      }
    }

    boolean seesClose() throws InterruptedException {
      return closed.await(20, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
