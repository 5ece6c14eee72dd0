package io.bugreport.model.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.bugreport.model.archive.ArchiveReader;
import io.bugreport.model.finding.Conclusion.NotEvaluated;
import io.bugreport.model.finding.Diagnosis;
import io.bugreport.model.finding.Finding;
import io.bugreport.model.finding.Severity;
import io.bugreport.model.resource.ResourceKind;
import io.bugreport.model.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A check that misbehaves is a diagnostic, and costs no other check its findings.
class CheckIsolationTest {
  private static final Duration SHORT = Duration.ofMillis(200);
  private static final Duration LONG = Duration.ofMinutes(5);

  private final CountDownLatch end = new CountDownLatch(1);

  @TempDir private Path folder;

  @BeforeEach
  void onePod() throws IOException {
    Files.writeString(
        folder.resolve("pod.yaml"),
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: a, namespace: x}
        """);
  }

  @AfterEach
  void endWhatHangs() {
    end.countDown();
  }

  @Test
  void aCheckThatHangsIsGivenUp() throws IOException {
    Analyzer hanging =
        _ -> {
          while (end.getCount() > 0) {
            Thread.onSpinWait(); // deaf to interruption
          }
          return List.of();
        };

    var diagnosis = diagnosis(hanging, SHORT);

    assertThat(reason(diagnosis)).contains("did not end within");
    assertThat(diagnosis.findings()).extracting(Finding::check).containsExactly("a", "z");
  }

  @Test
  void aCheckThatFillsTheMemoryIsGivenUp() throws IOException {
    Analyzer hungry =
        _ -> {
          List<long[]> held = new ArrayList<>();
          while (!held.contains(null)) {
            held.add(new long[Integer.MAX_VALUE / 16]);
          }
          return List.of();
        };

    var diagnosis = diagnosis(hungry, LONG);

    assertThat(reason(diagnosis)).contains("OutOfMemoryError");
    assertThat(diagnosis.findings()).extracting(Finding::check).containsExactly("a", "z");
  }

  @Test
  void aCheckThatFoundTheMemoryTakenByAnotherRunsAgainAlone() throws IOException {
    var runs = new AtomicInteger();
    Analyzer unlucky =
        mesh -> {
          if (runs.incrementAndGet() == 1) {
            throw new OutOfMemoryError("taken by another");
          }
          return sound("is here, too").analyze(mesh);
        };

    var diagnosis = diagnosis(unlucky, LONG);

    assertThat(diagnosis.findings()).extracting(Finding::check).containsExactly("a", "m", "z");
  }

  @Test
  void aCheckThatRecursesIsGivenUp() throws IOException {
    var diagnosis = diagnosis(mesh -> recursing(mesh, 0), LONG);

    assertThat(reason(diagnosis)).contains("StackOverflowError");
    assertThat(diagnosis.findings()).extracting(Finding::check).containsExactly("a", "z");
  }

  @Test
  void anObservationWithACodeOfAnotherCheckIsTheFaultOfTheCheck() throws IOException {
    var diagnosis =
        diagnosis(
            mesh ->
                mesh.all(ResourceKind.POD).stream()
                    .map(pod -> Observation.of(pod, "is here").code("T-99"))
                    .toList(),
            LONG);

    assertThat(reason(diagnosis)).contains("T-99");
    assertThat(diagnosis.findings()).extracting(Finding::check).containsExactly("a", "z");
  }

  private static List<Observation> recursing(Mesh mesh, int depth) {
    return depth == Integer.MAX_VALUE ? List.of() : new ArrayList<>(recursing(mesh, depth + 1));
  }

  private static String reason(Diagnosis diagnosis) {
    return diagnosis.all(NotEvaluated.class).toString();
  }

  /// What is concluded with the check `m` between two sound ones.
  private Diagnosis diagnosis(Analyzer middle, Duration limit) throws IOException {
    try (var snapshot = Snapshot.of(ArchiveReader.open(folder), Instant.EPOCH)) {
      var runner = new CheckRunner(snapshot, limit);
      return runner.run(
          new CheckCatalogue(
              Arrays.asList(
                  check("a", sound("is here")),
                  check("m", middle),
                  check("z", sound("is still here")))));
    }
  }

  private static Analyzer sound(String message) {
    return mesh ->
        mesh.all(ResourceKind.POD).stream().map(pod -> Observation.of(pod, message)).toList();
  }

  private static CheckDefinition check(String id, Analyzer analyzer) {
    return new CheckDefinition(
        id,
        List.of("T-01"),
        "Test",
        Severity.ERROR,
        List.of(ResourceKind.POD),
        List.of(),
        "",
        "Why.\n\n## Fix\n\nThis.\n",
        analyzer);
  }
}
