package io.bugreport.model.check;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Runs a check where it can do no harm: on a thread of its own, and for so long and no longer. One
/// that hangs is left behind; its thread does not keep the program from ending.
///
/// @param limit how long a check may take
record Isolation(Duration limit) {

  /// Runs it and waits for its end.
  ///
  /// @throws TimeoutException when it takes too long
  /// @throws ExecutionException with whatever it throws, errors of the JVM included
  <T> T run(String name, Callable<T> work) throws ExecutionException, TimeoutException {
    var task = new FutureTask<>(work);
    // No virtual thread: one that computes forever would hold a core from all others.
    Thread.ofPlatform().daemon().name("check " + name).start(task);
    try {
      return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      task.cancel(true);
      throw e;
    } catch (InterruptedException e) {
      task.cancel(true);
      Thread.currentThread().interrupt();
      throw new ExecutionException("interrupted", e);
    }
  }
}
