package io.bugreport.app.serve.stream;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.api.StatusCode;
import org.jspecify.annotations.Nullable;

/// A WebSocket whose binary messages are received and sent one after the other by a conversation.
/// The next message is asked for when the last one was taken, so a client that sends too fast
/// waits.
public final class WebSocketLink implements Session.Listener {
  private static final System.Logger LOG = System.getLogger(WebSocketLink.class.getName());

  private final Conversation<WebSocketLink> conversation;
  private final LinkedBlockingQueue<Optional<byte[]>> messages = new LinkedBlockingQueue<>();
  private final ReentrantLock sending = new ReentrantLock();
  private @Nullable Session session;

  public WebSocketLink(Conversation<WebSocketLink> conversation) {
    this.conversation = conversation;
  }

  @Override
  public void onWebSocketOpen(Session opened) {
    session = opened;
    opened.demand();
    Thread.ofVirtual().name("websocket").start(() -> hold(opened));
  }

  private void hold(Session opened) {
    try {
      conversation.hold(this);
      opened.close(StatusCode.NORMAL, "", Callback.NOOP);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "a WebSocket ended", e);
      opened.close(StatusCode.PROTOCOL, "", Callback.NOOP);
    }
    try {
      // Whatever the client still sends is passed over, until its own close frame comes.
      while (receive() != null) {
        LOG.log(System.Logger.Level.DEBUG, "a message after the end was passed over");
      }
    } catch (InterruptedIOException e) {
      LOG.log(System.Logger.Level.DEBUG, "interrupted while closing", e);
    }
  }

  @Override
  public void onWebSocketBinary(ByteBuffer payload, Callback callback) {
    var bytes = new byte[payload.remaining()];
    payload.get(bytes);
    callback.succeed();
    if (bytes.length == 0) {
      next();
    } else {
      messages.add(Optional.of(bytes));
    }
  }

  @Override
  public void onWebSocketText(String message) {
    next(); // no sub-protocol spoken here has text messages
  }

  @Override
  public void onWebSocketError(Throwable cause) {
    LOG.log(System.Logger.Level.DEBUG, "a WebSocket failed", cause);
    messages.add(Optional.empty());
  }

  @Override
  public void onWebSocketClose(int statusCode, @Nullable String reason, Callback callback) {
    messages.add(Optional.empty());
    callback.succeed();
  }

  private void next() {
    var current = session;
    if (current != null && current.isOpen()) {
      current.demand();
    }
  }

  /// Waits for the next message; null after the last one.
  byte @Nullable [] receive() throws InterruptedIOException {
    try {
      var message = messages.take();
      if (message.isEmpty()) {
        messages.add(message); // for whoever asks again
        return null;
      }
      next();
      return message.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for a message");
    }
  }

  /// Sends a message and waits until it is on its way.
  void send(byte[] message) throws IOException {
    sending.lock();
    try {
      var sent = new Callback.Completable();
      Objects.requireNonNull(session, "sends come after opening")
          .sendBinary(ByteBuffer.wrap(message), sent);
      sent.join();
    } catch (CompletionException e) {
      throw new IOException("the WebSocket is gone", e.getCause());
    } finally {
      sending.unlock();
    }
  }

  /// All messages as one stream of bytes.
  InputStream input() {
    return new MessageInput();
  }

  /// A stream whose writes become messages.
  ///
  /// @param prefix what each message begins with, such as the number of a channel
  OutputStream output(byte... prefix) {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        send(
            ByteBuffer.allocate(prefix.length + length)
                .put(prefix)
                .put(bytes, offset, length)
                .array());
      }
    };
  }

  private final class MessageInput extends InputStream {
    private byte[] current = new byte[0];
    private int at;

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (at == current.length) {
        var message = receive();
        if (message == null) {
          return -1;
        }
        current = message;
        at = 0;
      }
      var n = Math.min(length, current.length - at);
      System.arraycopy(current, at, bytes, offset, n);
      at += n;
      return n;
    }
  }
}
