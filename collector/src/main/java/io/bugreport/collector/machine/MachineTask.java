package io.bugreport.collector.machine;

import io.bugreport.collector.engine.Deadline;
import io.bugreport.collector.engine.Evidence;
import io.bugreport.collector.engine.EvidenceException;
import io.bugreport.collector.engine.Ledger;
import io.bugreport.collector.engine.Result;
import io.bugreport.collector.engine.Stop;
import io.bugreport.collector.engine.Task;
import io.bugreport.collector.pods.LogWindow;
import io.bugreport.model.snapshot.ItemId;
import io.bugreport.model.snapshot.Outcome;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Collects from one machine.
final class MachineTask implements Task {

  /// What the machines of a run have in common.
  ///
  /// @param names the names that machines have in the archive
  /// @param timeout time for one machine
  /// @param answerBytes bytes kept of one file
  record Setting(
      Ledger ledger,
      Evidence evidence,
      Stop stop,
      MachineNames names,
      LogWindow logs,
      Duration timeout,
      long answerBytes) {}

  private final Setting setting;
  private final MachineSource source;
  private @Nullable MachineItems items;

  MachineTask(Setting setting, MachineSource source) {
    this.setting = setting;
    this.source = source;
  }

  @Override
  public void run() throws IOException {
    var late = new AtomicReference<@Nullable String>();
    var done = new CountDownLatch(1);
    try (var output = source.open(MachineScript.text(setting.logs()));
        var _ = setting.stop().onStop(output::kill)) {
      Thread.ofVirtual()
          .name("machine-deadline")
          .start(
              () -> {
                if (isLate(done)) {
                  late.set(
                      "no end within " + Deadline.words(setting.timeout()) + " (--vm-timeout)");
                  output.kill();
                }
              });
      read(output, late);
    } catch (EvidenceException e) {
      throw e;
    } catch (NoSuchFileException e) {
      end(Outcome.FAILED, "there is no file " + e.getFile());
    } catch (IOException e) {
      end(Outcome.FAILED, String.valueOf(e.getMessage()));
    } finally {
      done.countDown();
    }
  }

  private boolean isLate(CountDownLatch done) {
    try {
      return !done.await(setting.timeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      return false;
    }
  }

  private void read(MachineSource.Output output, AtomicReference<@Nullable String> late)
      throws IOException {
    var listener =
        new MachineListener(
            about -> {
              var began = MachineItems.of(setting, source, about);
              items = began;
              return began;
            });
    try (listener) {
      new MachineStream(output.stream(), listener).read();
      end(Outcome.SKIPPED, "the script did not tell of it");
    } catch (EvidenceException e) {
      throw e;
    } catch (IOException e) {
      var stopped = setting.stop().reason();
      var why = stopped == null ? late.get() : stopped;
      if (why != null) {
        end(Outcome.TIMEOUT, why);
        return;
      }
      var complaint = output.complaint();
      // Where the shell was not reached its client's words are the cause, and ours the effect.
      end(
          Outcome.FAILED,
          complaint.isEmpty()
              ? String.valueOf(e.getMessage())
              : items == null && source instanceof Shell
                  ? complaint
                  : e.getMessage() + ": " + complaint);
    }
  }

  /// Ends what is still open.
  private void end(Outcome outcome, String reason) {
    var begun = items;
    if (begun == null) {
      var id = ItemId.machine(setting.names().of(source.name()), ItemId.CONNECTION);
      var item = setting.ledger().plan(id, null);
      item.attempt();
      item.finish(Result.nothing(outcome, 0, reason));
    } else {
      begun.endAll(outcome, reason);
    }
  }

  @Override
  public void fail(Exception failure) {
    end(Outcome.FAILED, String.valueOf(failure.getMessage()));
  }
}
