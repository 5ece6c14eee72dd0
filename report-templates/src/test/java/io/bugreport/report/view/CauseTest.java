package io.bugreport.report.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.bugreport.model.finding.Conclusion;
import io.bugreport.model.finding.Diagnosis;
import io.bugreport.model.finding.Finding;
import io.bugreport.model.finding.Severity;
import io.bugreport.model.resource.ResourceId;
import io.bugreport.model.snapshot.Snapshot;
import io.bugreport.report.TinyMesh;
import io.bugreport.report.mesh.MeshGraph;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CauseTest {
  private Snapshot snapshot;

  @BeforeEach
  void read(@TempDir Path folder) throws IOException {
    snapshot = TinyMesh.shop(folder).open();
  }

  @AfterEach
  void close() throws IOException {
    snapshot.close();
  }

  private static Finding finding(String code, ResourceId id, @Nullable String group) {
    return new Finding(
        code,
        "check-" + code,
        Severity.ERROR,
        "title",
        "message",
        id,
        List.of(),
        List.of(),
        "fix",
        "docs",
        group);
  }

  private List<Cause> causes(Finding... findings) {
    return Cause.of(
        new Diagnosis(List.of(new Conclusion.Found("check", List.of(findings), List.of()))),
        MeshGraph.of(snapshot));
  }

  @Test
  void ofEquallyBadOnesTheWidestComesFirst() {
    assertThat(
            causes(
                finding("A-01", TinyMesh.service(), null),
                finding("B-01", TinyMesh.gateway(), null)))
        .extracting(Cause::code, Cause::reach)
        .containsExactly(tuple("B-01", "3 workloads"), tuple("A-01", "1 workload"));
  }

  @Test
  void whatFollowsIsFoldedUnderWhatItFollowsFrom() {
    var causes =
        causes(
            finding("A-01", TinyMesh.service(), "B-01 VirtualService n/route"),
            finding("B-01", TinyMesh.route(), null),
            finding("C-01", TinyMesh.workload("pay-1"), "A-01 Service n/pay"));
    assertThat(causes).extracting(Cause::code).containsExactly("B-01");
    assertThat(causes.getFirst().followers())
        .extracting(Finding::code)
        .containsExactlyInAnyOrder("A-01", "C-01");
  }

  @Test
  void noFindingIsLostInACircleOrBehindAnUnknownLead() {
    assertThat(
            causes(
                finding("A-01", TinyMesh.service(), "B-01 VirtualService n/route"),
                finding("B-01", TinyMesh.route(), "A-01 Service n/pay"),
                finding("C-01", TinyMesh.gateway(), "Z-99 Pod n/gone")))
        .extracting(Cause::code)
        .containsExactlyInAnyOrder("A-01", "B-01", "C-01");
  }
}
