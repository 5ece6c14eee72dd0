package io.bugreport.collector.machine;

import io.bugreport.collector.engine.Engine;
import io.bugreport.collector.engine.Evidence;
import io.bugreport.collector.engine.Ledger;
import io.bugreport.collector.engine.Stop;
import io.bugreport.collector.pods.LogWindow;
import java.time.Duration;
import java.util.List;

/// The virtual machines of a run.
///
/// @param sources where they are
/// @param timeout time for each
public record Machines(List<MachineSource> sources, Duration timeout) {
  /// Time for one machine, where nobody says another.
  public static final Duration TIMEOUT = Duration.ofMinutes(3);

  private static final int AT_ONCE = 4;

  public Machines {
    sources = List.copyOf(sources);
    if (!timeout.isPositive()) {
      throw new IllegalArgumentException("cannot collect with a timeout of " + timeout);
    }
  }

  public static Machines none() {
    return new Machines(List.of(), TIMEOUT);
  }

  /// Collects from all of them, a few at a time, and returns when all are done.
  ///
  /// @param answerBytes bytes kept of one file
  public void collect(
      Ledger ledger, Evidence evidence, Stop stop, LogWindow logs, long answerBytes) {
    var setting =
        new MachineTask.Setting(
            ledger, evidence, stop, new MachineNames(), logs, timeout, answerBytes);
    new Engine(AT_ONCE, AT_ONCE, stop)
        .run(sources.stream().map(source -> new MachineTask(setting, source)).toList());
  }
}
