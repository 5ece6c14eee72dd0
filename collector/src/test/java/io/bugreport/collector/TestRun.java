package io.bugreport.collector;

import io.bugreport.collector.engine.Progress;
import io.bugreport.model.archive.ArchiveFormat;
import io.bugreport.model.archive.ArchiveReader;
import io.bugreport.model.archive.ArchiveWriter;
import io.bugreport.model.archive.Redaction;
import io.bugreport.model.snapshot.CollectedItem;
import io.bugreport.model.snapshot.Outcome;
import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// A server of the test's own, and a collection from it.
final class TestRun implements AutoCloseable {
  private final TestServer server;
  private final Path archive;

  TestRun(Path folder, String... plurals) throws IOException {
    this.server = new TestServer(plurals);
    this.archive = folder.resolve("run.tar.gz");
  }

  TestServer server() {
    return server;
  }

  /// What came of it, item by item.
  record Items(CollectionSummary summary) {
    CollectedItem item(String id) {
      return summary.items().stream()
          .filter(i -> i.id().equals(id))
          .findFirst()
          .orElseThrow(() -> new AssertionError(id + " is not in " + ids()));
    }

    Set<String> ids() {
      return summary.items().stream().map(CollectedItem::id).collect(Collectors.toSet());
    }

    Outcome outcome(String id) {
      return item(id).outcome();
    }

    String reason(String id) {
      return String.valueOf(item(id).reason());
    }
  }

  Items collect() throws IOException {
    return collect(options -> options);
  }

  /// Collects whatever the test changes of quick options.
  Items collect(UnaryOperator<CollectionOptions> change) throws IOException {
    return collect(server.config(), change);
  }

  /// Collects through something that stands before the server.
  Items collect(Config config, UnaryOperator<CollectionOptions> change) throws IOException {
    var quick =
        CollectionOptions.defaults()
            .withItemTimeout(Duration.ofSeconds(2))
            .withCsrWatch(Duration.ZERO);
    try (var writer =
        ArchiveWriter.create(
            archive, "run", ArchiveFormat.TAR_GZ, Instant.EPOCH, Redaction.none())) {
      var targets = List.of(new ClusterTarget("c", "ctx", config));
      return new Items(new Collection(targets, change.apply(quick), writer, Progress.none()).run());
    }
  }

  Items plan() throws IOException {
    var targets = List.of(new ClusterTarget("c", "ctx", server.config()));
    return new Items(Collection.plan(targets, CollectionOptions.defaults(), Progress.none()).run());
  }

  String text(String path) throws IOException {
    try (var reader = ArchiveReader.open(archive);
        var in = reader.open(path)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  Set<String> paths() throws IOException {
    try (var reader = ArchiveReader.open(archive)) {
      return Set.copyOf(reader.paths());
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
