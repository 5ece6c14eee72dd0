package io.bugreport.collector.engine;

import io.bugreport.model.snapshot.CollectedItem;
import io.bugreport.model.snapshot.ItemId;
import io.bugreport.model.snapshot.Outcome;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A planned item on its way to an outcome. It gets exactly one: the first.
public final class Item {
  private static final int REASON_LENGTH = 300;

  private final Ledger ledger;
  private final ItemId id;
  private final @Nullable String path;
  private final @Nullable String replica;
  private long started;
  private int attempts;
  private @Nullable CollectedItem done;

  Item(Ledger ledger, ItemId id, @Nullable String path, @Nullable String replica) {
    this.ledger = ledger;
    this.id = id;
    this.path = path;
    this.replica = replica;
  }

  public ItemId id() {
    return id;
  }

  /// Counts another request for it.
  public void attempt() {
    boolean first;
    synchronized (this) {
      first = attempts++ == 0;
      if (first) {
        started = System.nanoTime();
      }
    }
    if (first) {
      ledger.progress().started(id);
    }
  }

  /// How often it was asked for.
  public synchronized int attempts() {
    return attempts;
  }

  /// Ends the item.
  public void finish(Result result) {
    CollectedItem finished;
    synchronized (this) {
      if (done != null) {
        return;
      }
      finished = collected(result);
      done = finished;
    }
    ledger.progress().finished(finished);
  }

  /// Ends an item that nothing else has ended: with what it was doing.
  void finishUnlessDone(String reason) {
    boolean running;
    synchronized (this) {
      running = attempts > 0;
    }
    finish(
        running
            ? Result.nothing(Outcome.TIMEOUT, 0, "still under way: " + reason)
            : Result.nothing(Outcome.SKIPPED, 0, "not begun: " + reason));
  }

  public synchronized boolean isDone() {
    return done != null;
  }

  synchronized CollectedItem done() {
    if (done == null) {
      throw new IllegalStateException(id + " has no outcome");
    }
    return done;
  }

  private CollectedItem collected(Result result) {
    var nothing = result.outcome() == Outcome.EMPTY || (result.bytes() == 0 && result.count() == 0);
    var ms = attempts == 0 ? 0 : TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started);
    return new CollectedItem(
        id.toString(),
        id.source(),
        nothing ? null : path,
        result.outcome(),
        result.code(),
        result.bytes(),
        result.count(),
        ms,
        attempts,
        replica,
        result.reason() == null ? null : oneLine(result.reason()));
  }

  /// Reasons quote servers, so they are cut to one printable line.
  private static String oneLine(String text) {
    var line = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    if (line.isEmpty()) {
      return "no reason was given";
    }
    return line.length() > REASON_LENGTH ? line.substring(0, REASON_LENGTH) + "…" : line;
  }
}
