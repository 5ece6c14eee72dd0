package io.bugreport.app.synthetic;

import static org.assertj.core.api.Assertions.assertThat;

import io.bugreport.model.archive.ArchiveFormat;
import io.bugreport.model.archive.ArchiveWriter;
import io.bugreport.model.archive.Redaction;
import io.bugreport.model.check.CheckCatalogue;
import io.bugreport.model.check.CheckRunner;
import io.bugreport.model.finding.Severity;
import io.bugreport.model.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Healthy meshes of several sizes, and one with odd but legal configuration.
class HealthyMeshTest {
  private static final Fault ODDITIES = new SeedFault("oddities", "", HealthyMeshTest::addOddities);

  @TempDir Path folder;

  static Stream<Arguments> meshes() {
    return Stream.of(
        Arguments.of(MeshPlan.mesh(1, 1, 1, 0), List.of()),
        Arguments.of(MeshPlan.mesh(2, 4, 9, 0), List.of()),
        Arguments.of(MeshPlan.mesh(5, 20, 60, 20_000), List.of()),
        Arguments.of(MeshPlan.bookinfo(), List.of()),
        Arguments.of(MeshPlan.bookinfo(), List.of(ODDITIES)));
  }

  private static void addOddities(Mesh mesh) {
    mesh.objects.addAll(mesh.templates.fillAll("oddities.yaml", Map.of()));
  }

  @ParameterizedTest
  @MethodSource("meshes")
  void isSilent(MeshPlan plan, List<Fault> oddities) throws IOException {
    var target = folder.resolve("mesh");
    try (var archive =
        ArchiveWriter.create(
            target, plan.name(), ArchiveFormat.DIRECTORY, plan.time(), Redaction.none())) {
      SyntheticMesh.write(plan, oddities, archive);
    }
    var checks = CheckCatalogue.load(HealthyMeshTest.class.getClassLoader());
    try (var snapshot = Snapshot.open(target, Instant.EPOCH)) {
      assertThat(new CheckRunner(snapshot).run(checks).findings())
          .filteredOn(f -> f.severity().isAtLeast(Severity.WARNING))
          .as("findings of a healthy mesh are false alarms: correct the check")
          .extracting(f -> f.code() + " " + f.resource() + ": " + f.message())
          .isEmpty();
    }
  }
}
