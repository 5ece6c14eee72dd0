package io.bugreport.app.serve.stream;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.Objects;

/// One stream of a [SpdySession], opened by the client.
final class SpdyStream {
  private static final int MAX_FRAME = 16 << 10;

  private final SpdySession session;
  private final int id;
  private final Map<String, String> headers;
  private final ByteQueue received = new ByteQueue();
  private final InputStream input;
  private final OutputStream output = new Output();
  private volatile boolean localEnded;
  private volatile boolean remoteEnded;

  SpdyStream(SpdySession session, int id, Map<String, String> headers) {
    this.session = session;
    this.id = id;
    this.headers = Map.copyOf(headers);
    this.input = received.input(n -> session.consumed(id, n));
  }

  int id() {
    return id;
  }

  /// A header of its opening, or empty.
  String header(String name) {
    return headers.getOrDefault(name, "");
  }

  InputStream input() {
    return input;
  }

  /// Where to write; closing it ends this side of the stream.
  OutputStream output() {
    return output;
  }

  ByteQueue received() {
    return received;
  }

  void remoteEnd() {
    remoteEnded = true;
    received.end();
    forgetIfEnded();
  }

  void reset() {
    localEnded = true;
    remoteEnd();
  }

  private void forgetIfEnded() {
    if (localEnded && remoteEnded) {
      session.forget(id);
    }
  }

  private final class Output extends OutputStream {
    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      Objects.checkFromIndexSize(offset, length, bytes.length);
      for (var at = 0; at < length; at += MAX_FRAME) {
        if (localEnded) {
          throw new IOException("the stream is closed");
        }
        session.sendData(id, bytes, offset + at, Math.min(MAX_FRAME, length - at), false);
      }
    }

    @Override
    public void close() throws IOException {
      if (!localEnded) {
        localEnded = true;
        session.sendData(id, new byte[0], 0, 0, true);
        forgetIfEnded();
      }
    }
  }
}
