package io.bugreport.collector.endpoints;

import io.bugreport.model.endpoint.ProxyId;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.SequencedSet;
import java.util.TreeSet;

/// Finds the proxies in istiod's `/debug/connections` while it passes: the values of
/// `connectionId`, which are `<pod>.<namespace>-<number>`.
final class ConnectionIds extends OutputStream {
  private static final byte[] KEY = "\"connectionId\"".getBytes(StandardCharsets.US_ASCII);
  private static final int LONGEST = 400;

  private enum State {
    KEY,
    COLON,
    VALUE
  }

  private final SequencedSet<ProxyId> proxies =
      new TreeSet<>(Comparator.comparing(ProxyId::toString));
  private final ByteArrayOutputStream value = new ByteArrayOutputStream();
  private State state = State.KEY;
  private int matched;

  /// The proxies found so far, sorted by name.
  SequencedSet<ProxyId> proxies() {
    return proxies;
  }

  @Override
  public void write(int b) {
    switch (state) {
      case KEY -> {
        matched = b == KEY[matched] ? matched + 1 : b == KEY[0] ? 1 : 0;
        if (matched == KEY.length) {
          matched = 0;
          state = State.COLON;
        }
      }
      case COLON -> {
        if (b == '"') {
          state = State.VALUE;
        } else if (b != ':' && b != ' ' && b != '\n' && b != '\r' && b != '\t') {
          state = State.KEY;
        }
      }
      case VALUE -> {
        if (b == '"') {
          add(value.toString(StandardCharsets.UTF_8));
        }
        if (b == '"' || value.size() > LONGEST) {
          value.reset();
          state = State.KEY;
        } else {
          value.write(b);
        }
      }
    }
  }

  @Override
  public void write(byte[] buffer, int offset, int length) {
    for (var i = offset; i < offset + length; i++) {
      write(buffer[i]);
    }
  }

  private void add(String connection) {
    var dash = connection.lastIndexOf('-');
    if (dash > 0) {
      ProxyId.parse(connection.substring(0, dash))
          .filter(EndpointRequest::isName)
          .ifPresent(proxies::add);
    }
  }
}
