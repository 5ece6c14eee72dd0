package io.bugreport.app;

import io.bugreport.collector.Collection;
import io.bugreport.collector.CollectionSummary;
import io.bugreport.collector.engine.Progress;
import io.bugreport.collector.redaction.Redactor;
import io.bugreport.model.archive.ArchiveFormat;
import io.bugreport.model.archive.ArchiveReader;
import io.bugreport.model.archive.ArchiveWriter;
import io.bugreport.model.archive.Layout;
import io.bugreport.model.snapshot.CollectedItem;
import io.bugreport.model.snapshot.ItemId;
import io.bugreport.model.snapshot.Manifest;
import io.bugreport.model.snapshot.Snapshot;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/// The configuration of live clusters, in a private folder that is removed with it; on Ctrl-C too.
final class LiveSnapshot implements Closeable {
  private final Path folder;
  private final Thread removal;
  private final Snapshot snapshot;

  private LiveSnapshot(Path folder, Thread removal, Snapshot snapshot) {
    this.folder = folder;
    this.removal = removal;
    this.snapshot = snapshot;
  }

  /// Collects it.
  ///
  /// @throws Failure when nothing could be read
  static LiveSnapshot take(LiveFlags flags, Surroundings surroundings) throws IOException {
    var targets = flags.targets();
    var options = flags.options();
    var started = surroundings.clock().instant();
    var folder = Files.createTempDirectory(surroundings.temporary(), "bug-report-live-");
    var removal = new Thread(() -> deleteQuietly(folder));
    Runtime.getRuntime().addShutdownHook(removal);
    try {
      var redactor = new Redactor();
      var target = folder.resolve("live");
      CollectionSummary summary;
      try (var archive =
          ArchiveWriter.create(target, "live", ArchiveFormat.DIRECTORY, started, redactor)) {
        summary = new Collection(targets, options, archive, Progress.none()).run();
        refuseNothing(summary);
        archive.write(Layout.REDACTIONS, redactor.report());
      }
      var manifest = manifest(summary, redactor, started);
      return new LiveSnapshot(folder, removal, Snapshot.of(ArchiveReader.open(target), manifest));
    } catch (IOException | RuntimeException e) {
      forget(removal);
      delete(folder);
      throw e;
    }
  }

  Snapshot snapshot() {
    return snapshot;
  }

  private static void refuseNothing(CollectionSummary summary) {
    if (summary.items().stream().noneMatch(LiveSnapshot::isListOfObjects)) {
      throw new Failure(
          ExitCode.NOTHING_COLLECTED,
          "nothing could be read from the cluster: "
              + summary.items().stream()
                  .filter(item -> item.outcome().isGap())
                  .map(item -> String.valueOf(item.reason()))
                  .findFirst()
                  .orElse("it has nothing"),
          "Check the context with: kubectl get namespaces");
    }
  }

  private static boolean isListOfObjects(CollectedItem item) {
    return item.itemId().source().equals(ItemId.RESOURCES) && !item.outcome().isGap();
  }

  private static Manifest manifest(CollectionSummary summary, Redactor redactor, Instant started) {
    return new Manifest(
        Layout.VERSION,
        "bug-report " + Version.number(),
        List.of("analyze", "--live"),
        started,
        started.plus(Duration.between(summary.started(), summary.finished())),
        null,
        summary.clusters(),
        summary.outcomes(),
        summary.bytes(),
        redactor.counts(),
        summary.phases(),
        summary.interrupted());
  }

  @Override
  public void close() throws IOException {
    try {
      snapshot.close();
    } finally {
      forget(removal);
      delete(folder);
    }
  }

  private static void forget(Thread removal) {
    try {
      Runtime.getRuntime().removeShutdownHook(removal);
    } catch (IllegalStateException _) {
      // The process is ending, and the hook deletes as well.
    }
  }

  private static void deleteQuietly(Path folder) {
    try {
      delete(folder);
    } catch (IOException e) {
      System.err.println("bug-report: " + folder + " could not be removed: " + e.getMessage());
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (var paths = Files.walk(folder)) {
      for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
