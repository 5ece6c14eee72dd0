package io.bugreport.collector.engine;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The signal that ends a run early, with its reason. It wakes whoever waits, and interrupts no
/// thread: an interrupt in the middle of a write would close the archive's file.
public final class Stop {
  private final Set<Runnable> listeners = ConcurrentHashMap.newKeySet();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile @Nullable String reason;

  /// Who listens, until closed.
  @FunctionalInterface
  public interface Registration extends AutoCloseable {
    @Override
    void close();
  }

  /// Stops the run. Only the first reason counts.
  public void stop(String why) {
    synchronized (this) {
      if (reason != null) {
        return;
      }
      reason = why;
    }
    stopped.countDown();
    listeners.forEach(Runnable::run);
  }

  public boolean isStopped() {
    return reason != null;
  }

  /// Why the run was stopped; null while it goes on.
  public @Nullable String reason() {
    return reason;
  }

  /// Calls `wake` when the run stops, at once where it has.
  public Registration onStop(Runnable wake) {
    listeners.add(wake);
    if (isStopped()) {
      wake.run();
    }
    return () -> listeners.remove(wake);
  }

  /// Waits, unless the run stops before.
  ///
  /// @return whether the run has stopped
  public boolean await(Duration time) throws InterruptedException {
    return stopped.await(time.toNanos(), TimeUnit.NANOSECONDS);
  }
}
