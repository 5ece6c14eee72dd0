package io.bugreport.app.serve.stream;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/// The server's side of a SPDY/3.1 session, as kubectl speaks it: the client opens streams, both
/// sides write. The window of the peer is not waited for, since Kubernetes' own implementation
/// neither keeps nor grants one; what we have read is granted again for those that do.
final class SpdySession implements AutoCloseable {
  private static final int SYN_STREAM = 1;
  private static final int SYN_REPLY = 2;
  private static final int RST_STREAM = 3;
  private static final int PING = 6;
  private static final int HEADERS = 8;
  private static final int WINDOW_UPDATE = 9;
  private static final int FIN = 1;
  private static final int REFUSED_STREAM = 3;
  private static final int INVALID_STREAM = 2;
  private static final int VERSION = 3;
  private static final int MAX_CONTROL_FRAME = 64 << 10;
  private static final int MAX_STREAMS = 1000;

  private final DataInputStream in;
  private final OutputStream out;
  private final Consumer<SpdyStream> opened;
  private final SpdyHeaders headers = new SpdyHeaders();
  private final Map<Integer, SpdyStream> streams = new ConcurrentHashMap<>();
  private final ReentrantLock writing = new ReentrantLock();
  private int lastStream;

  /// @param opened told about each stream that the client opens; it must not block
  SpdySession(InputStream in, OutputStream out, Consumer<SpdyStream> opened) {
    this.in = new DataInputStream(in);
    this.out = out;
    this.opened = opened;
  }

  /// Reads frames until the client goes away.
  ///
  /// @throws IOException when what comes is no SPDY, or breaks a limit
  void run() throws IOException {
    try {
      while (true) {
        var first = in.read();
        if (first < 0) {
          return;
        }
        var word = first << 24 | in.readUnsignedByte() << 16 | in.readUnsignedShort();
        var flagsAndLength = in.readInt();
        var flags = flagsAndLength >>> 24;
        var length = flagsAndLength & 0xffffff;
        if (word < 0) {
          control((word >>> 16) & 0x7fff, word & 0xffff, flags, length);
        } else {
          data(word, flags, length);
        }
      }
    } catch (EOFException _) {
      // The client went away inside a frame: there is nobody left to tell.
    } finally {
      streams.values().forEach(SpdyStream::reset);
    }
  }

  private void control(int version, int type, int flags, int length) throws IOException {
    if (version != VERSION) {
      throw new IOException("SPDY version " + version + " is not spoken here");
    }
    if (length > MAX_CONTROL_FRAME) {
      throw new IOException("a SPDY control frame of " + length + " bytes is refused");
    }
    var payload = new byte[length];
    in.readFully(payload);
    var body = ByteBuffer.wrap(payload);
    switch (type) {
      case SYN_STREAM -> open(body, flags);
      case RST_STREAM -> {
        require(body, 8);
        var stream = streams.get(body.getInt() & 0x7fffffff);
        if (stream != null) {
          stream.reset();
        }
      }
      case PING -> {
        require(body, 4);
        var id = body.getInt();
        if ((id & 1) == 1) {
          send(PING, 0, ByteBuffer.allocate(4).putInt(id).array());
        }
      }
      case HEADERS -> {
        require(body, 4);
        var id = body.getInt() & 0x7fffffff;
        headers.read(rest(body)); // keeps the compression context in step
        endIfLast(id, flags);
      }
      case SYN_REPLY ->
          throw new IOException("the client answers a stream that was never opened to it");
      default -> {
        // SETTINGS, GOAWAY, WINDOW_UPDATE and what a later version may add ask for no answer.
      }
    }
  }

  private static void require(ByteBuffer body, int bytes) throws IOException {
    if (body.remaining() < bytes) {
      throw new IOException("a SPDY control frame is cut off");
    }
  }

  private static byte[] rest(ByteBuffer body) {
    var bytes = new byte[body.remaining()];
    body.get(bytes);
    return bytes;
  }

  private void open(ByteBuffer body, int flags) throws IOException {
    require(body, 10);
    var id = body.getInt() & 0x7fffffff;
    body.position(body.position() + 6);
    var opening = headers.read(rest(body));
    if (id <= lastStream || (id & 1) == 0) {
      throw new IOException("the client opens stream " + id + " after stream " + lastStream);
    }
    lastStream = id;
    if (streams.size() >= MAX_STREAMS) {
      send(RST_STREAM, 0, ByteBuffer.allocate(8).putInt(id).putInt(REFUSED_STREAM).array());
      return;
    }
    var stream = new SpdyStream(this, id, opening);
    streams.put(id, stream);
    writing.lock();
    try {
      var block = headers.write(new LinkedHashMap<>());
      send(SYN_REPLY, 0, ByteBuffer.allocate(4 + block.length).putInt(id).put(block).array());
    } finally {
      writing.unlock();
    }
    endIfLast(id, flags);
    opened.accept(stream);
  }

  private void endIfLast(int id, int flags) {
    var stream = streams.get(id);
    if (stream != null && (flags & FIN) != 0) {
      stream.remoteEnd();
    }
  }

  private void data(int id, int flags, int length) throws IOException {
    var stream = streams.get(id);
    if (stream == null && length > 0 && id > lastStream) {
      send(RST_STREAM, 0, ByteBuffer.allocate(8).putInt(id).putInt(INVALID_STREAM).array());
    }
    for (var left = length; left > 0; ) {
      var chunk = new byte[Math.min(left, 16 << 10)];
      in.readFully(chunk);
      left -= chunk.length;
      if (stream != null) {
        stream.received().put(chunk);
      }
    }
    endIfLast(id, flags);
  }

  void forget(int id) {
    streams.remove(id);
  }

  /// Grants the client as many bytes again as were read.
  void consumed(int id, int bytes) {
    try {
      for (var target : new int[] {id, 0}) {
        send(WINDOW_UPDATE, 0, ByteBuffer.allocate(8).putInt(target).putInt(bytes).array());
      }
    } catch (IOException _) {
      // The connection is gone; the next read or write of the stream says so.
    }
  }

  void sendData(int id, byte[] bytes, int offset, int length, boolean last) throws IOException {
    var frame =
        ByteBuffer.allocate(8 + length)
            .putInt(id)
            .putInt((last ? FIN << 24 : 0) | length)
            .put(bytes, offset, length);
    writeFrame(frame.array());
  }

  private void send(int type, int flags, byte[] payload) throws IOException {
    var frame =
        ByteBuffer.allocate(8 + payload.length)
            .putInt(0x80000000 | VERSION << 16 | type)
            .putInt(flags << 24 | payload.length)
            .put(payload);
    writeFrame(frame.array());
  }

  private void writeFrame(byte[] frame) throws IOException {
    writing.lock();
    try {
      out.write(frame);
      out.flush();
    } finally {
      writing.unlock();
    }
  }

  @Override
  public void close() {
    writing.lock();
    try {
      headers.close();
    } finally {
      writing.unlock();
    }
  }
}
