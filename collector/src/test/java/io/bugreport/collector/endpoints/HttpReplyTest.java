package io.bugreport.collector.endpoints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bugreport.model.endpoint.Endpoint;
import io.bugreport.model.endpoint.ProxyId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpReplyTest {

  @Test
  void twoAnswersFollowEachOtherOnOneConnection() throws IOException {
    var in =
        stream(
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"
                + "HTTP/1.1 503 Unavailable\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "3;x=y\r\nabc\r\n2\r\nde\r\n0\r\nTrailer: t\r\n\r\n"
                + "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nto the end");

    var first = HttpReply.read(in);
    assertThat(text(first)).isEqualTo("hi");
    assertThat(first.isReusable()).isTrue();
    var second = HttpReply.read(in);
    assertThat(second.code()).isEqualTo(503);
    assertThat(text(second)).isEqualTo("abcde");
    assertThat(second.isReusable()).isTrue();
    var third = HttpReply.read(in);
    assertThat(text(third)).isEqualTo("to the end");
    assertThat(third.isReusable()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html>",
        "HTTP/2 200\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabc",
        "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nabc",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\na",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\n no name\r\n\r\n"
      })
  void whatIsNoWholeAnswerIsAnError(String bytes) {
    assertThatThrownBy(() -> text(HttpReply.read(stream(bytes)))).isInstanceOf(IOException.class);
  }

  @Test
  void endlessHeadersAreRefused() {
    var bytes = "HTTP/1.1 200 OK\r\nX: " + "x".repeat(100_000);
    assertThatThrownBy(() -> HttpReply.read(stream(bytes))).hasMessageContaining("headers of more");
  }

  @Test
  void connectedProxiesAreFoundInAnyLayoutOfTheAnswer() {
    var ids = new ConnectionIds();
    var answer =
        """
        {"clients":[{"connectionId":"a-1.ns-7"},{ "connectionId" : "b.ns-12" },
        {"connectionId":"b.ns-13"},{"connectionId":"x HTTP/1.1\\r\\nPOST /quitquitquit.ns-1"}]}"""
            .getBytes(StandardCharsets.UTF_8);
    ids.write(answer, 0, answer.length);
    assertThat(ids.proxies()).containsExactly(new ProxyId("a-1", "ns"), new ProxyId("b", "ns"));
  }

  @Test
  void aProxysNameCannotBecomeAnotherRequest() {
    assertThatThrownBy(
            () ->
                EndpointRequest.of(
                    Endpoint.ISTIOD_NAME_TABLE, new ProxyId("x HTTP/1.1\r\nPOST /", "ns")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void everyRequestIsAGetOfAnEndpoint() {
    for (var endpoint : Endpoint.values()) {
      var request =
          endpoint.isPerProxy()
              ? EndpointRequest.of(endpoint, new ProxyId("pod", "ns"))
              : EndpointRequest.of(endpoint);
      assertThat(new String(request.http(), StandardCharsets.US_ASCII))
          .startsWith("GET " + endpoint.request(new ProxyId("pod", "ns")) + " HTTP/1.1\r\n")
          .endsWith("\r\n\r\n");
    }
  }

  private static ByteArrayInputStream stream(String bytes) {
    return new ByteArrayInputStream(bytes.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static String text(HttpReply reply) throws IOException {
    return new String(reply.body().readAllBytes(), StandardCharsets.ISO_8859_1);
  }
}
