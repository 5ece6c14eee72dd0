package io.bugreport.collector.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Carries bytes from the thread on which they arrive to the one that reads them. The sender is
/// asked for the next chunk when one is taken, so a slow reader slows the sender down and at most a
/// few chunks are ever held. `PipedInputStream` would do the same, but polls once a second.
public final class ChunkStream extends InputStream {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<ByteBuffer> chunks = new ArrayDeque<>();
  private final Runnable more;
  private Deadline deadline;
  private @Nullable IOException failure;
  private boolean ended;
  private boolean discarding;
  private long received;

  /// An empty stream.
  ///
  /// @param more asks the sender for the next chunk
  public ChunkStream(Deadline deadline, Runnable more) {
    this.deadline = deadline;
    this.more = more;
  }

  /// Sets the time by which further reads must be done.
  public void until(Deadline next) {
    lock.lock();
    try {
      deadline = next;
    } finally {
      lock.unlock();
    }
  }

  /// How many bytes have arrived.
  public long received() {
    lock.lock();
    try {
      return received;
    } finally {
      lock.unlock();
    }
  }

  /// Adds what arrived.
  public void put(ByteBuffer chunk) {
    lock.lock();
    try {
      received += chunk.remaining();
      if (!discarding && chunk.hasRemaining()) {
        chunks.add(chunk);
        changed.signalAll();
        return;
      }
    } finally {
      lock.unlock();
    }
    more.run();
  }

  /// Nothing more will come.
  public void end() {
    lock.lock();
    try {
      ended = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Nothing more will come, for this reason; what arrived before can still be read.
  public void fail(IOException cause) {
    lock.lock();
    try {
      if (!ended && failure == null) {
        failure = cause;
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /// Whether the sender can still send.
  public boolean isOpen() {
    lock.lock();
    try {
      return !ended && failure == null && !discarding;
    } finally {
      lock.unlock();
    }
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
    int count;
    boolean taken;
    lock.lock();
    try {
      if (!awaitChunk()) {
        return -1;
      }
      var chunk = chunks.getFirst();
      count = Math.min(length, chunk.remaining());
      chunk.get(buffer, offset, count);
      taken = !chunk.hasRemaining();
      if (taken) {
        chunks.removeFirst();
      }
    } finally {
      lock.unlock();
    }
    if (taken) {
      more.run();
    }
    return count;
  }

  /// Waits until there is a chunk; false at the end.
  private boolean awaitChunk() throws IOException {
    try (var _ = deadline.stop().onStop(this::wake)) {
      while (chunks.isEmpty()) {
        if (failure != null) {
          throw new IOException(failure.getMessage(), failure);
        }
        if (ended) {
          return false;
        }
        if (discarding) {
          throw new IOException("closed while it was read");
        }
        deadline.check();
        var _ = changed.await(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
      }
      // A sender that never pauses must not outrun the deadline.
      deadline.check();
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while reading");
    }
  }

  private void wake() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Lets whatever still comes pass by, so that it blocks nobody.
  @Override
  public void close() {
    boolean held;
    lock.lock();
    try {
      held = !discarding && !chunks.isEmpty();
      discarding = true;
      chunks.clear();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    if (held) {
      more.run();
    }
  }
}
