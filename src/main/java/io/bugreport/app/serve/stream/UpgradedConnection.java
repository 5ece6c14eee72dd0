package io.bugreport.app.serve.stream;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/// A connection that has left HTTP: plain bytes both ways, read and written by a conversation.
public final class UpgradedConnection extends AbstractConnection implements Connection.UpgradeTo {
  private static final System.Logger LOG = System.getLogger(UpgradedConnection.class.getName());

  private final Conversation<UpgradedConnection> conversation;
  private final ByteBuffer buffer = BufferUtil.allocate(16 << 10);
  private ByteBuffer early = BufferUtil.EMPTY_BUFFER;

  public UpgradedConnection(
      EndPoint endPoint, Executor executor, Conversation<UpgradedConnection> conversation) {
    super(endPoint, executor);
    this.conversation = conversation;
  }

  @Override
  public void onUpgradeTo(ByteBuffer received) {
    early = BufferUtil.copy(received);
  }

  @Override
  public void onOpen() {
    super.onOpen();
    getEndPoint().setIdleTimeout(0);
    Thread.ofVirtual().name("upgraded").start(this::hold);
  }

  private void hold() {
    try {
      conversation.hold(this);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "a forwarded connection ended", e);
    } finally {
      getEndPoint().close();
    }
  }

  @Override
  public void onFillable() {
    // Reads register their own interest.
  }

  InputStream input() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (length == 0) {
          return 0;
        }
        var source = early != null && early.hasRemaining() ? early : filled();
        if (source == null) {
          return -1;
        }
        var n = Math.min(length, source.remaining());
        source.get(bytes, offset, n);
        return n;
      }
    };
  }

  private @org.jspecify.annotations.Nullable ByteBuffer filled() throws IOException {
    while (!buffer.hasRemaining()) {
      BufferUtil.clear(buffer);
      var n = getEndPoint().fill(buffer);
      if (n < 0) {
        return null;
      }
      if (n == 0) {
        var readable = new Callback.Completable();
        getEndPoint().fillInterested(readable);
        await(readable);
      }
    }
    return buffer;
  }

  OutputStream output() {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        var written = new Callback.Completable();
        getEndPoint().write(written, ByteBuffer.wrap(bytes, offset, length));
        await(written);
      }
    };
  }

  private static void await(Callback.Completable done) throws IOException {
    try {
      done.join();
    } catch (CompletionException e) {
      throw new IOException("the connection is gone", e.getCause());
    }
  }
}
