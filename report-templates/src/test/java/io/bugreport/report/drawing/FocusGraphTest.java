package io.bugreport.report.drawing;

import static org.assertj.core.api.Assertions.assertThat;

import io.bugreport.model.resource.ResourceId;
import io.bugreport.model.snapshot.Snapshot;
import io.bugreport.report.TinyMesh;
import io.bugreport.report.mesh.MeshGraph;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FocusGraphTest {
  private Snapshot snapshot;

  @BeforeEach
  void read(@TempDir Path folder) throws IOException {
    snapshot = TinyMesh.shop(folder).open();
  }

  @AfterEach
  void close() throws IOException {
    snapshot.close();
  }

  private List<FocusGraph> around(Collection<ResourceId> subjects) {
    return FocusGraph.of("g", subjects, MeshGraph.of(snapshot), _ -> "");
  }

  private static int x(Drawing drawing, String name) {
    return drawing.shapes().stream()
        .filter(shape -> shape.css().equals("name") && shape.text().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError(name + " is not drawn: " + drawing.shapes()))
        .x();
  }

  @Test
  void aRequestGoesFromTheLeftToTheRight() {
    var drawing = around(List.of(TinyMesh.route())).getFirst().drawing();
    assertThat(x(drawing, "door")).isLessThan(x(drawing, "route"));
    assertThat(x(drawing, "route")).isLessThan(x(drawing, "pay"));
    assertThat(x(drawing, "pay")).isLessThan(x(drawing, "pay-1"));
  }

  @Test
  void theSameStandsThereInWords() {
    assertThat(around(List.of(TinyMesh.service())).getFirst().relations())
        .contains("Service n/pay → StatefulSet n/pay-1 (mTLS strict)");
  }

  @Test
  void whatHasNothingAroundItHasNoPicture() {
    assertThat(around(List.of(TinyMesh.id("", "ConfigMap", "alone")))).isEmpty();
  }

  @Test
  void aPictureHoldsFortyObjectsAndSaysHowManyItLeavesOut() {
    List<ResourceId> many = new ArrayList<>(List.of(TinyMesh.service()));
    for (var i = 0; i < 50; i++) {
      many.add(TinyMesh.id("", "Service", "s" + i));
    }
    var graph = around(many).getFirst();
    assertThat(graph.drawing().shapes().stream().filter(s -> s.css().equals("name"))).hasSize(40);
    assertThat(graph.left()).isPositive();
  }
}
