package io.bugreport.collector.engine;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/// How long a piece of work may take; the end of the run ends it too.
public final class Deadline {
  private final Duration allowed;
  private final long end;
  private final Stop stop;

  private Deadline(Duration allowed, Stop stop) {
    this.allowed = allowed;
    this.end = System.nanoTime() + allowed.toNanos();
    this.stop = stop;
  }

  /// Begins now.
  public static Deadline in(Duration allowed, Stop stop) {
    return new Deadline(allowed, stop);
  }

  public Stop stop() {
    return stop;
  }

  public Duration remaining() {
    return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
  }

  /// A time that begins now and ends no later than this one.
  public Deadline atMost(Duration shorter) {
    var left = remaining();
    return in(shorter.compareTo(left) < 0 ? shorter : left, stop);
  }

  /// Checks that there is time left.
  ///
  /// @throws IOException when the time is over or the run has stopped
  public void check() throws IOException {
    var reason = stop.reason();
    if (reason != null) {
      throw new StoppedException(reason);
    }
    if (remaining().isZero()) {
      throw new DeadlineException("no whole answer within " + words(allowed));
    }
  }

  /// Waits for a result.
  ///
  /// @throws IOException what the result failed with, the end of the time, or of the run
  public <T> T await(CompletableFuture<T> future) throws IOException {
    var done = new CountDownLatch(1);
    var _ = future.whenComplete((_, _) -> done.countDown());
    try (var _ = stop.onStop(done::countDown)) {
      var _ = done.await(remaining().toNanos(), TimeUnit.NANOSECONDS);
      if (!future.isDone()) {
        check();
        throw new DeadlineException("no answer within " + words(allowed));
      }
      return future.get();
    } catch (ExecutionException e) {
      throw asIoException(e.getCause() == null ? e : e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for an answer");
    }
  }

  /// Waits for some time and no longer than the deadline.
  ///
  /// @throws IOException when the deadline or the run ends before
  public void pause(Duration time) throws IOException {
    if (time.compareTo(remaining()) >= 0) {
      throw new DeadlineException("no answer within " + words(allowed));
    }
    try {
      stop.await(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted between two attempts");
    }
    check();
  }

  private static IOException asIoException(Throwable cause) {
    return cause instanceof IOException io ? io : new IOException(String.valueOf(cause), cause);
  }

  /// A time as people write it: `90 s`, `250 ms`.
  public static String words(Duration time) {
    return time.toMillis() % 1000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
  }
}
