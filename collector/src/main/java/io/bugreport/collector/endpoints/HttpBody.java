package io.bugreport.collector.endpoints;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/// The body of an HTTP/1.1 answer: of a known length, in chunks, or to the connection's end.
final class HttpBody extends InputStream {
  private enum Framing {
    LENGTH,
    CHUNKED,
    TO_END
  }

  private static final int CHUNK_LINE = 1 << 10;

  private final InputStream in;
  private final Framing framing;
  private long left;
  private boolean firstChunk = true;
  private boolean complete;

  private HttpBody(InputStream in, Framing framing, long left) {
    this.in = in;
    this.framing = framing;
    this.left = left;
    this.complete = framing == Framing.LENGTH && left == 0;
  }

  static HttpBody ofLength(InputStream in, long length) {
    return new HttpBody(in, Framing.LENGTH, length);
  }

  static HttpBody chunked(InputStream in) {
    return new HttpBody(in, Framing.CHUNKED, 0);
  }

  static HttpBody toEnd(InputStream in) {
    return new HttpBody(in, Framing.TO_END, Long.MAX_VALUE);
  }

  /// Whether it was read to its end, so that the connection stands before the next answer.
  boolean isComplete() {
    return complete && framing != Framing.TO_END;
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, buffer.length);
    if (length == 0) {
      return 0;
    }
    if (!complete && framing == Framing.CHUNKED && left == 0) {
      nextChunk();
    }
    if (complete) {
      return -1;
    }
    var n = in.read(buffer, offset, (int) Math.min(length, left));
    if (n < 0) {
      if (framing == Framing.TO_END) {
        complete = true;
        return -1;
      }
      throw new IOException("the connection was closed in the middle of the answer");
    }
    left -= n;
    complete = framing == Framing.LENGTH && left == 0;
    return n;
  }

  private void nextChunk() throws IOException {
    if (!firstChunk && !line().isEmpty()) {
      throw new IOException("not HTTP: a chunk is longer than it says");
    }
    firstChunk = false;
    var size = line().replaceFirst("[ \\t]*;.*", "").strip();
    if (!size.matches("[0-9a-fA-F]{1,15}")) {
      throw new IOException("not HTTP: the chunk size \"" + size + "\"");
    }
    left = Long.parseLong(size, 16);
    if (left == 0) {
      var trailer = line();
      while (!trailer.isEmpty()) {
        trailer = line();
      }
      complete = true;
    }
  }

  private String line() throws IOException {
    var line = new StringBuilder();
    for (var b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new IOException("the connection was closed in the middle of the answer");
      }
      if (line.length() >= CHUNK_LINE) {
        throw new IOException("not HTTP: a chunk's line is too long");
      }
      line.append((char) b);
    }
    var end = line.length();
    return end > 0 && line.charAt(end - 1) == '\r' ? line.substring(0, end - 1) : line.toString();
  }
}
