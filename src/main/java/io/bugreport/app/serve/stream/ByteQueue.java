package io.bugreport.app.serve.stream;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntConsumer;

/// Bytes from one thread to another, of which only so many wait at a time: whoever puts more has to
/// wait until they are read.
final class ByteQueue {
  private static final int CAPACITY = 256 << 10;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<byte[]> chunks = new ArrayDeque<>();
  private int offset;
  private int waiting;
  private boolean ended;
  private boolean abandoned;

  /// Appends bytes, which then belong to the queue. After the reader has closed it they are
  /// dropped.
  void put(byte[] bytes) throws InterruptedIOException {
    lock.lock();
    try {
      while (waiting >= CAPACITY && !abandoned && !ended) {
        changed.await();
      }
      if (!abandoned && !ended && bytes.length > 0) {
        chunks.add(bytes);
        waiting += bytes.length;
        changed.signalAll();
      }
    } catch (InterruptedException e) {
      throw interrupted(e);
    } finally {
      lock.unlock();
    }
  }

  /// Ends the stream after what was put.
  void end() {
    lock.lock();
    try {
      ended = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void abandon() {
    lock.lock();
    try {
      abandoned = true;
      chunks.clear();
      waiting = 0;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private int take(byte[] buffer, int at, int length) throws IOException {
    lock.lock();
    try {
      while (chunks.isEmpty() && !ended && !abandoned) {
        changed.await();
      }
      var chunk = chunks.peek();
      if (chunk == null) {
        return -1;
      }
      var n = Math.min(length, chunk.length - offset);
      System.arraycopy(chunk, offset, buffer, at, n);
      offset += n;
      waiting -= n;
      if (offset == chunk.length) {
        chunks.remove();
        offset = 0;
      }
      changed.signalAll();
      return n;
    } catch (InterruptedException e) {
      throw interrupted(e);
    } finally {
      lock.unlock();
    }
  }

  private static InterruptedIOException interrupted(InterruptedException cause) {
    Thread.currentThread().interrupt();
    var problem = new InterruptedIOException("interrupted while waiting for bytes");
    problem.initCause(cause);
    return problem;
  }

  /// The reading end.
  ///
  /// @param onRead told how many bytes were taken, each time
  InputStream input(IntConsumer onRead) {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] buffer, int at, int length) throws IOException {
        Objects.checkFromIndexSize(at, length, buffer.length);
        if (length == 0) {
          return 0;
        }
        var n = take(buffer, at, length);
        if (n > 0) {
          onRead.accept(n);
        }
        return n;
      }

      @Override
      public void close() {
        abandon();
      }
    };
  }
}
