package io.bugreport.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.bugreport.collector.engine.Progress;
import io.bugreport.collector.selection.Scope;
import io.bugreport.model.archive.ArchiveFormat;
import io.bugreport.model.archive.ArchiveReader;
import io.bugreport.model.archive.ArchiveWriter;
import io.bugreport.model.archive.Redaction;
import io.bugreport.model.snapshot.CollectedItem;
import io.bugreport.model.snapshot.Outcome;
import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Collects from the cluster that `BUG_REPORT_TEST_KUBECONFIG` names. What is asked of misbehaving
/// pods needs the namespace `faults` of the test bed.
@Tag("cluster")
class RealClusterTest {
  private static final String VARIABLE = "BUG_REPORT_TEST_KUBECONFIG";

  @TempDir Path folder;

  @Test
  void everyPodsEvidenceIsThereAndEachFaultHasItsOutcome() throws IOException {
    var summary = collect("", options());
    var items = summary.items();

    assertThat(summary.interrupted()).isNull();
    assertThat(summary.clusters().getFirst().server()).startsWith("v1.");
    assertThat(items)
        .filteredOn(i -> i.id().startsWith("bed/resources/"))
        .allSatisfy(i -> assertThat(i.outcome()).isIn(Outcome.OK, Outcome.EMPTY));
    assertThat(items)
        .filteredOn(i -> i.source().equals("envoy") && !i.id().contains("/faults/"))
        .hasSizeGreaterThan(10)
        .allSatisfy(i -> assertThat(i.outcome().isGap()).as("%s", i).isFalse());
    assertThat(items)
        .filteredOn(i -> i.source().equals("istiod"))
        .allSatisfy(i -> assertThat(i.replica()).startsWith("istiod"));

    assumeTrue(
        items.stream().anyMatch(i -> i.id().contains("/faults/hang/")),
        "the cluster has no namespace of faults");
    assertThat(outcomes(items, "faults/hang/istio-proxy"))
        .containsEntry("envoy/server_info", Outcome.TIMEOUT);
    assertThat(outcomes(items, "faults/drip/istio-proxy"))
        .containsEntry("envoy/server_info", Outcome.TRUNCATED);
    assertThat(outcomes(items, "faults/slow/istio-proxy"))
        .containsEntry("envoy/server_info", Outcome.OK);
    assertThat(outcomes(items, "faults/garbage/istio-proxy"))
        .containsEntry("envoy/server_info", Outcome.TRUNCATED)
        .containsEntry("envoy/certs", Outcome.EMPTY)
        .containsEntry("envoy/listeners", Outcome.FAILED);
    assertThat(outcomes(items, "faults/refuse/istio-proxy"))
        .containsEntry("envoy/server_info", Outcome.FAILED)
        .containsEntry("agent/metrics", Outcome.FAILED);
    assertThat(outcomes(items, "faults/no-log/istio-proxy"))
        .containsEntry("logs/current", Outcome.FAILED);
    assertThat(outcomes(items, "faults/empty-log/istio-proxy"))
        .containsEntry("logs/current", Outcome.EMPTY);
    assertThat(outcomes(items, "faults/huge-log/istio-proxy"))
        .containsEntry("logs/current", Outcome.TRUNCATED);
    assertThat(outcomes(items, "faults/odd-log/istio-proxy"))
        .containsEntry("logs/current", Outcome.OK);
    assertThat(outcomes(items, "faults/restarted/istio-proxy"))
        .containsEntry("logs/current", Outcome.OK)
        .containsEntry("logs/previous", Outcome.OK);
    assertThat(outcomes(items, "faults/pending/istio-proxy"))
        .containsEntry("logs/current", Outcome.NOT_FOUND);
  }

  @Test
  void aViewerGetsWhatItMaySeeAndTheRestIsForbidden() throws IOException {
    var items = collect("-viewer", options()).items();

    assertThat(outcome(items, "bed/resources/core/pods")).isEqualTo(Outcome.OK);
    assertThat(outcome(items, "bed/resources/core/secrets")).isEqualTo(Outcome.FORBIDDEN);
    assertThat(items)
        .filteredOn(i -> i.source().equals("envoy"))
        .isNotEmpty()
        .allSatisfy(i -> assertThat(i.outcome()).isEqualTo(Outcome.FORBIDDEN));
    assertThat(items)
        .filteredOn(i -> i.source().equals("logs") && i.outcome() == Outcome.OK)
        .isNotEmpty();
  }

  @Test
  void anAdminOfOneNamespaceGetsThatNamespace() throws IOException {
    var wanted = new TreeSet<>(List.of("mesh-000"));
    var items = collect("-nsadmin", options().withScope(Scope.everything().in(wanted))).items();

    assertThat(outcome(items, "bed/resources/core/pods/mesh-000")).isEqualTo(Outcome.OK);
    assertThat(outcome(items, "bed/resources/core/nodes")).isEqualTo(Outcome.FORBIDDEN);
    assertThat(items)
        .filteredOn(i -> i.source().equals("envoy"))
        .isNotEmpty()
        .allSatisfy(i -> assertThat(i.outcome().isGap()).as("%s", i).isFalse());
  }

  @Test
  void theCollectorsAccountGetsAllOfPodsAndNoSecrets() throws IOException {
    var items = collect("-collector", options()).items();

    assertThat(outcome(items, "bed/resources/core/secrets")).isEqualTo(Outcome.FORBIDDEN);
    assertThat(items)
        .filteredOn(i -> i.outcome() == Outcome.FORBIDDEN)
        .allSatisfy(i -> assertThat(i.id()).startsWith("bed/resources/"));
  }

  private static CollectionOptions options() {
    return CollectionOptions.defaults()
        .withItemTimeout(Duration.ofSeconds(8))
        .withRunTimeout(Duration.ofMinutes(3));
  }

  private CollectionSummary collect(String user, CollectionOptions options) throws IOException {
    var kubeconfig = System.getenv(VARIABLE);
    assumeTrue(kubeconfig != null, VARIABLE + " names no kubeconfig");
    var file = Path.of(kubeconfig + user);
    assumeTrue(Files.exists(file), "there is no " + file);
    var config = Config.fromKubeconfig(file.toFile());
    var kept = System.getenv("BUG_REPORT_TEST_KEEP");
    var target = (kept == null ? folder : Path.of(kept)).resolve("snapshot" + user + ".tar.gz");
    Files.deleteIfExists(target);
    CollectionSummary summary;
    var began = System.nanoTime();
    try (var archive =
        ArchiveWriter.create(
            target, "snapshot", ArchiveFormat.TAR_GZ, Instant.EPOCH, Redaction.none())) {
      var targets = List.of(new ClusterTarget("bed", "bed", config));
      summary = new Collection(targets, options, archive, Progress.none()).run();
    }
    System.out.printf(
        "%s: %d ms, %d items, %d bytes, %s, %s%n",
        user,
        Duration.ofNanos(System.nanoTime() - began).toMillis(),
        summary.items().size(),
        summary.bytes(),
        summary.outcomes(),
        summary.phases());
    try (var reader = ArchiveReader.open(target)) {
      var paths = reader.paths();
      assertThat(summary.items())
          .filteredOn(i -> i.path() != null && !i.path().contains("*"))
          .allSatisfy(i -> assertThat(paths).contains(i.path()));
    }
    return summary;
  }

  private static Outcome outcome(List<CollectedItem> items, String id) {
    return items.stream()
        .filter(i -> i.id().equals(id))
        .map(CollectedItem::outcome)
        .findFirst()
        .orElseThrow(() -> new AssertionError("nothing was planned as " + id));
  }

  /// Outcomes of one container's items, by source and last part of the id.
  private static Map<String, Outcome> outcomes(List<CollectedItem> items, String container) {
    var outcomes = new TreeMap<String, Outcome>();
    items.stream()
        .filter(i -> i.id().contains("/" + container + "/"))
        .forEach(
            i -> outcomes.put(i.source() + i.id().substring(i.id().lastIndexOf('/')), i.outcome()));
    return outcomes;
  }
}
