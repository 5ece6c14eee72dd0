package io.bugreport.app.collect;

import static org.assertj.core.api.Assertions.assertThat;

import io.bugreport.app.serve.ReplayOptions;
import io.bugreport.app.serve.ReplayServer;
import io.bugreport.app.synthetic.Samples;
import io.bugreport.collector.CollectionOptions;
import io.bugreport.collector.engine.Progress;
import io.bugreport.model.archive.ArchiveFormat;
import io.bugreport.model.check.CheckCatalogue;
import io.bugreport.model.finding.Finding;
import io.bugreport.model.finding.Severity;
import io.bugreport.model.snapshot.Snapshot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Snapshot → serve → collect → snapshot: what comes out equals what went in.
class RoundTripTest {
  private static final CheckCatalogue CHECKS =
      CheckCatalogue.load(RoundTripTest.class.getClassLoader());

  @TempDir private Path folder;

  @Test
  void aServedArchiveIsCollectedAsItself() throws Exception {
    var first = collect(sample("bookinfo-broken"), "first");
    var second = collect(first.archive(), "second");

    try (var left = Snapshot.open(first.archive(), Instant.EPOCH);
        var right = Snapshot.open(second.archive(), Instant.EPOCH)) {
      assertThat(SnapshotDifference.between(left, right, _ -> false)).isEmpty();
    }
  }

  @Test
  void theBrokenSampleShowsEachSeededFault() throws Exception {
    var findings = collect(sample("bookinfo-broken"), "out").diagnosis().findings();

    assertThat(findings.stream().map(Finding::code))
        .contains("IST0101", "IST0103", "IST0145", "DNS-05", "ENV-01", "CA-06");
  }

  @Test
  void theHealthySampleIsHealthy() throws Exception {
    var result = collect(sample("bookinfo"), "out");

    assertThat(result.diagnosis().findings())
        .filteredOn(f -> f.severity().isAtLeast(Severity.WARNING))
        .isEmpty();
    assertThat(result.summary().items()).noneMatch(item -> item.outcome().isGap());
  }

  private Path sample(String name) throws Exception {
    var target = folder.resolve(name);
    Samples.write(name, target);
    return target;
  }

  /// Serves a snapshot and collects from it in its own time.
  private Result collect(Path archive, String name) throws Exception {
    try (var snapshot = Snapshot.open(archive, Instant.EPOCH);
        var server = ReplayServer.start(snapshot, ReplayOptions.standard())) {
      var request =
          new Pipeline.Request(
              new Contexts(server.kubeconfig()).all(),
              CollectionOptions.defaults(),
              Files.createDirectory(folder.resolve(name)),
              ArchiveFormat.TAR_GZ,
              "test",
              List.of("collect"),
              false);
      var time = snapshot.manifest().finished();
      return new Pipeline(request, CHECKS, Progress.none(), () -> time).run();
    }
  }
}
