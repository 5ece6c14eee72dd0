package io.bugreport.collector;

import io.bugreport.collector.engine.Deadline;
import io.bugreport.collector.engine.Evidence;
import io.bugreport.collector.engine.Ledger;
import io.bugreport.collector.engine.Progress;
import io.bugreport.collector.engine.Stop;
import io.bugreport.collector.machine.Machines;
import io.bugreport.model.archive.ArchiveWriter;
import io.bugreport.model.archive.Layout;
import io.bugreport.model.snapshot.CollectedItem;
import io.bugreport.model.snapshot.SnapshotJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Collects from clusters and virtual machines into an archive. Each planned item gets an outcome,
/// whatever happens; one that fails loses no other.
public final class Collection {
  /// How long work that does not notice the end of the run is waited for.
  private static final Duration GRACE = Duration.ofSeconds(5);

  /// Why an item of a plan has not been begun.
  private static final String PLANNED = "only planned";

  private final List<ClusterTarget> targets;
  private final Machines machines;
  private final CollectionOptions options;
  private final @Nullable ArchiveWriter archive;
  private final Stop stop = new Stop();
  private final Ledger ledger;
  private final Evidence evidence;

  /// Prepares a run.
  ///
  /// @param archive where everything is written; the caller adds the manifest and closes it
  /// @throws IllegalArgumentException when two clusters have one name
  public Collection(
      List<ClusterTarget> targets,
      CollectionOptions options,
      ArchiveWriter archive,
      Progress progress) {
    this(progress, targets, Machines.none(), options, archive);
  }

  /// Prepares a run that is about virtual machines too.
  public Collection(
      List<ClusterTarget> targets,
      Machines machines,
      CollectionOptions options,
      ArchiveWriter archive,
      Progress progress) {
    this(progress, targets, machines, options, archive);
  }

  private Collection(
      Progress progress,
      List<ClusterTarget> targets,
      Machines machines,
      CollectionOptions options,
      @Nullable ArchiveWriter archive) {
    this.targets = targets.stream().sorted(Comparator.comparing(ClusterTarget::name)).toList();
    if (this.targets.stream().map(ClusterTarget::name).distinct().count() < targets.size()) {
      throw new IllegalArgumentException("two clusters have the same name");
    }
    this.machines = machines;
    this.options = options;
    this.archive = archive;
    this.ledger = new Ledger(progress);
    this.evidence = new Evidence(archive, stop);
  }

  /// Finds out what a run would collect: what the clusters serve, which pods there are and what the
  /// user may see. Nothing is kept. Items that would be asked for are `skipped`.
  public static Collection plan(
      List<ClusterTarget> targets, CollectionOptions options, Progress progress) {
    return new Collection(progress, targets, Machines.none(), options.withPlanOnly(true), null);
  }

  /// Ends the run early, from any thread: what was read so far is kept, and [#run()] returns within
  /// seconds.
  public void cancel(String why) {
    stop.stop(why);
  }

  /// Plans and collects everything and writes [Layout#COLLECTION]. To be called once.
  ///
  /// @throws IOException when the archive cannot be written; nothing that a cluster does is thrown
  public CollectionSummary run() throws IOException {
    var started = Instant.now();
    var workers = Math.max(1, options.concurrency() / Math.max(1, targets.size()));
    var logBytes = new AtomicLong(options.logs().totalBytes());
    var parts =
        targets.stream()
            .map(t -> new ClusterCollection(t, options, workers, logBytes, ledger, evidence, stop))
            .toList();
    var bug = new AtomicReference<@Nullable RuntimeException>();
    List<Thread> threads = new ArrayList<>();
    parts.forEach(part -> threads.add(start("cluster", part::collect, bug)));
    threads.add(start("machines", this::collectMachines, bug));
    var interrupted = awaitAll(threads);
    evidence.close();
    var items = ledger.close(whyEnded());
    writeItems(items);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (bug.get() != null) {
      throw bug.get();
    }
    return new CollectionSummary(
        items,
        started,
        Instant.now(),
        parts.stream().map(ClusterCollection::entry).toList(),
        items.stream().mapToLong(CollectedItem::bytes).sum(),
        phases(parts),
        parts.stream().flatMap(part -> part.needs().stream()).toList(),
        stop.reason());
  }

  private void collectMachines() {
    machines.collect(ledger, evidence, stop, options.logs(), options.answerBytes());
  }

  /// A part of the run.
  @FunctionalInterface
  private interface Part {
    void collect() throws IOException;
  }

  private Thread start(String name, Part part, AtomicReference<@Nullable RuntimeException> bug) {
    return Thread.ofVirtual()
        .name(name)
        .start(
            () -> {
              try {
                part.collect();
              } catch (IOException e) {
                // Only the archive's errors come this far.
                stop.stop(String.valueOf(e.getMessage()));
              } catch (RuntimeException e) {
                bug.compareAndSet(null, e);
                stop.stop("a bug in bug-report: " + e);
              }
            });
  }

  /// Waits for all clusters, or for the run's deadline.
  ///
  /// @return whether this thread was interrupted, which ends the run as well
  private boolean awaitAll(List<Thread> threads) {
    var end = Deadline.in(options.runTimeout(), stop);
    var interrupted = false;
    for (var thread : threads) {
      while (thread.isAlive() && !stop.isStopped()) {
        try {
          thread.join(Duration.ofMillis(50));
        } catch (InterruptedException _) {
          interrupted = true;
          stop.stop("interrupted");
        }
        if (end.remaining().isZero()) {
          stop.stop("the run's deadline of " + Deadline.words(options.runTimeout()) + " is over");
        }
      }
    }
    var grace = Deadline.in(GRACE, new Stop());
    for (var thread : threads) {
      try {
        var _ = thread.isAlive() && thread.join(grace.remaining().plusMillis(1));
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    return interrupted;
  }

  private String whyEnded() {
    var reason = stop.reason();
    if (reason != null) {
      return reason;
    }
    if (options.planOnly()) {
      return PLANNED;
    }
    return options.configurationOnly() ? "only configuration was asked for" : "the run ended";
  }

  private void writeItems(List<CollectedItem> items) throws IOException {
    var failure = evidence.failure();
    if (failure != null) {
      throw failure;
    }
    if (archive == null) {
      return;
    }
    try (var lines = archive.open(Layout.COLLECTION)) {
      for (var item : items) {
        lines.write(
            (SnapshotJson.line(named(item, archive)) + "\n").getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  /// The item under the names that the archive has for it.
  private static CollectedItem named(CollectedItem item, ArchiveWriter archive) {
    var path = item.path();
    return new CollectedItem(
        archive.name(item.id()),
        item.source(),
        path == null ? null : archive.name(path),
        item.outcome(),
        item.code(),
        item.bytes(),
        item.count(),
        item.durationMs(),
        item.attempts(),
        item.replica(),
        item.reason());
  }

  private static SequencedMap<String, Long> phases(List<ClusterCollection> parts) {
    var phases = new LinkedHashMap<String, Long>();
    parts.forEach(part -> part.phases().forEach((name, ms) -> phases.merge(name, ms, Math::max)));
    return phases;
  }
}
