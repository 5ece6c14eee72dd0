package io.bugreport.app.collect;

import io.bugreport.collector.engine.Progress;
import io.bugreport.model.snapshot.CollectedItem;
import io.bugreport.model.snapshot.ItemId;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/// Shows on stderr how far a collection is: one line that is rewritten on a terminal, a plain line
/// every few seconds elsewhere.
public final class ConsoleProgress implements Progress, AutoCloseable {
  private static final Duration ON_TERMINAL = Duration.ofMillis(200);
  private static final Duration ELSEWHERE = Duration.ofSeconds(10);
  private static final String CLEAR = "\r\u001b[K";
  private static final int WIDTH = 110;

  private final PrintWriter err;
  private final boolean terminal;
  private final InstantSource clock;
  private final long began;
  private final AtomicLong planned = new AtomicLong();
  private final AtomicLong done = new AtomicLong();
  private final AtomicLong gaps = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong nextLine = new AtomicLong();
  private final ConcurrentSkipListMap<String, Long> running = new ConcurrentSkipListMap<>();

  /// @param terminal whether the line may be rewritten
  public ConsoleProgress(PrintWriter err, boolean terminal, InstantSource clock) {
    this.err = err;
    this.terminal = terminal;
    this.clock = clock;
    this.began = clock.millis();
    this.nextLine.set(began + interval().toMillis());
  }

  private Duration interval() {
    return terminal ? ON_TERMINAL : ELSEWHERE;
  }

  @Override
  public void planned(ItemId id) {
    planned.incrementAndGet();
  }

  @Override
  public void started(ItemId id) {
    running.put(id.toString(), clock.millis());
    show();
  }

  @Override
  public void finished(CollectedItem item) {
    running.remove(item.id());
    done.incrementAndGet();
    bytes.addAndGet(item.bytes());
    if (item.outcome().isGap()) {
      gaps.incrementAndGet();
    }
    show();
  }

  /// Whoever comes first after the interval writes the line; nobody waits for it.
  private void show() {
    var now = clock.millis();
    var due = nextLine.get();
    if (now >= due && nextLine.compareAndSet(due, now + interval().toMillis())) {
      print(line(now));
    }
  }

  private void print(String line) {
    if (terminal) {
      err.print(CLEAR + (line.length() <= WIDTH ? line : line.substring(0, WIDTH - 1) + "…"));
    } else {
      err.println(line);
    }
    err.flush();
  }

  private String line(long now) {
    var text =
        new StringBuilder("collecting: ")
            .append(done)
            .append(" of ")
            .append(planned)
            .append(" items, ")
            .append(megabytes(bytes.get()))
            .append(", ")
            .append((now - began) / 1000)
            .append(" s");
    var remaining = remaining(now);
    if (remaining > 0) {
      text.append(", about ").append(remaining).append(" s left");
    }
    if (gaps.get() > 0) {
      text.append(", ").append(gaps).append(" missing");
    }
    running.entrySet().stream()
        .min(Map.Entry.comparingByValue())
        .ifPresent(slowest -> text.append("; longest running: ").append(slowest.getKey()));
    return text.toString();
  }

  private long remaining(long now) {
    var finished = done.get();
    return finished < 20 ? 0 : (now - began) * (planned.get() - finished) / finished / 1000;
  }

  private static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
  }

  /// Leaves the terminal's line empty for what follows.
  public void finish() {
    if (terminal) {
      err.print(CLEAR);
      err.flush();
    }
  }

  @Override
  public void close() {
    finish();
  }
}
