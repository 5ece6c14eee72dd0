package io.bugreport.collector.engine;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Runs tasks on a bounded number of virtual threads, a few per node at most, and fewer while the
/// API server is in trouble: a sign of that halves the limit and makes a pause, each answer raises
/// the limit a little.
public final class Engine {
  /// How long work that does not notice the end of the run is waited for.
  private static final Duration GRACE = Duration.ofSeconds(3);

  private static final int LOOKAHEAD = 500;

  private final int workers;
  private final int perNode;
  private final Stop stop;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<Task> waiting = new ArrayDeque<>();
  private final Map<String, Integer> busyNodes = new HashMap<>();
  private int running;
  private double limit;
  private long pausedUntil = System.nanoTime();

  public Engine(int workers, int perNode, Stop stop) {
    this.workers = workers;
    this.perNode = perNode;
    this.stop = stop;
    this.limit = workers;
  }

  /// Runs tasks and returns when all are done, or shortly after the run has stopped.
  public void run(Collection<? extends Task> tasks) {
    lock.lock();
    try {
      waiting.addAll(tasks);
    } finally {
      lock.unlock();
    }
    List<Thread> threads = new ArrayList<>();
    for (var i = 0; i < Math.min(workers, tasks.size()); i++) {
      threads.add(Thread.ofVirtual().name("collect-" + i).start(this::work));
    }
    try (var _ = stop.onStop(this::wake)) {
      join(threads);
    }
  }

  private void join(List<Thread> threads) {
    for (var thread : threads) {
      try {
        while (!stop.isStopped() && thread.isAlive()) {
          // A stop wakes the workers, and this thread through their end.
          thread.join(Duration.ofMillis(200));
        }
        if (thread.isAlive()) {
          thread.join(GRACE);
        }
      } catch (InterruptedException _) {
        stop.stop("interrupted");
      }
    }
  }

  private void work() {
    for (var task = next(); task != null; task = next()) {
      try {
        task.run();
      } catch (IOException | RuntimeException e) {
        task.fail(e);
      } finally {
        release(task);
      }
    }
  }

  private @Nullable Task next() {
    lock.lock();
    try {
      while (!stop.isStopped() && !waiting.isEmpty()) {
        var pause = pausedUntil - System.nanoTime();
        var task = pause > 0 || running >= (int) limit ? null : takeRunnable();
        if (task != null) {
          running++;
          busyNodes.merge(task.node(), 1, Integer::sum);
          return task;
        }
        var _ =
            changed.await(pause > 0 ? pause : TimeUnit.SECONDS.toNanos(1), TimeUnit.NANOSECONDS);
      }
      return null;
    } catch (InterruptedException _) {
      return null;
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Task takeRunnable() {
    var seen = 0;
    for (var it = waiting.iterator(); it.hasNext() && seen < LOOKAHEAD; seen++) {
      var task = it.next();
      if (task.node().isEmpty() || busyNodes.getOrDefault(task.node(), 0) < perNode) {
        it.remove();
        return task;
      }
    }
    return null;
  }

  private void release(Task task) {
    lock.lock();
    try {
      running--;
      busyNodes.computeIfPresent(task.node(), (_, n) -> n == 1 ? null : n - 1);
      changed.signalAll();
    } finally {
      lock.unlock();
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

  /// The API server asks for fewer requests, or fails.
  ///
  /// @param pause how long no new work shall begin
  public void slowDown(Duration pause) {
    lock.lock();
    try {
      limit = Math.max(1, limit / 2);
      pausedUntil = Math.max(pausedUntil, System.nanoTime() + pause.toNanos());
    } finally {
      lock.unlock();
    }
  }

  /// The API server answers.
  public void speedUp() {
    lock.lock();
    try {
      limit = Math.min(workers, limit + 1 / limit);
    } finally {
      lock.unlock();
    }
  }
}
