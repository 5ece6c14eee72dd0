package io.bugreport.model.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.bugreport.model.archive.ArchiveReader;
import io.bugreport.model.finding.Finding;
import io.bugreport.model.finding.Severity;
import io.bugreport.model.resource.Resource;
import io.bugreport.model.resource.ResourceKind;
import io.bugreport.model.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RootCausesTest {
  @TempDir private Path folder;

  @BeforeEach
  void twoObjects() throws IOException {
    Files.writeString(
        folder.resolve("objects.yaml"),
        """
        apiVersion: v1
        kind: Namespace
        metadata: {name: shop}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: cart, namespace: shop}
        """);
  }

  @Test
  void whatRelatesToTheObjectOfItsCauseFollowsFromIt() throws IOException {
    var cause = namespaceCheck("cause", UnaryOperator.identity());
    var effect = podCheck("effect", List.of("C-01"), o -> o.with(namespace().id()));

    assertThat(groups(cause, effect)).containsEntry("effect", "C-01 Namespace shop");
    assertThat(groups(cause, effect)).containsEntry("cause", null);
  }

  @Test
  void whatACauseRelatesToFollowsFromIt() throws IOException {
    var cause = namespaceCheck("cause", o -> o.with(pod().id()));

    assertThat(groups(cause, podCheck("effect", List.of("cause"), UnaryOperator.identity())))
        .containsEntry("effect", "C-01 Namespace shop");
  }

  @Test
  void aTieInCommonIsEnough() throws IOException {
    var cause = namespaceCheck("cause", o -> o.tie("root 4711"));
    var effect = podCheck("effect", List.of("cause"), o -> o.tie("root 4711"));

    assertThat(groups(cause, effect)).containsEntry("effect", "C-01 Namespace shop");
  }

  @Test
  void whatSharesNothingStandsAlone() throws IOException {
    var cause = namespaceCheck("cause", UnaryOperator.identity());

    assertThat(groups(cause, podCheck("effect", List.of("cause"), UnaryOperator.identity())))
        .containsEntry("effect", null);
  }

  @Test
  void aCauseThatNobodyDeclaresIsNone() throws IOException {
    var cause = namespaceCheck("cause", UnaryOperator.identity());

    assertThat(groups(cause, podCheck("effect", List.of(), o -> o.with(namespace().id()))))
        .containsEntry("effect", null);
  }

  @Test
  void checksThatNameEachOtherDoNotGoRound() throws IOException {
    var one = check("cause", "C-01", ResourceKind.NAMESPACE, List.of("effect"), o -> o.tie("t"));
    var other = podCheck("effect", List.of("cause"), o -> o.tie("t"));

    assertThat(groups(one, other)).hasSize(2);
  }

  private Resource namespace() {
    return first(ResourceKind.NAMESPACE);
  }

  private Resource pod() {
    return first(ResourceKind.POD);
  }

  private Resource first(ResourceKind kind) {
    try (var snapshot = Snapshot.of(ArchiveReader.open(folder), Instant.EPOCH)) {
      return snapshot.clusters().getFirst().all(kind).getFirst();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Map<String, @Nullable String> groups(CheckDefinition... checks) throws IOException {
    try (var snapshot = Snapshot.of(ArchiveReader.open(folder), Instant.EPOCH)) {
      var groups = new LinkedHashMap<String, @Nullable String>();
      for (Finding finding :
          new CheckRunner(snapshot).run(new CheckCatalogue(List.of(checks))).findings()) {
        groups.put(finding.check(), finding.group());
      }
      return groups;
    }
  }

  private static CheckDefinition namespaceCheck(String id, UnaryOperator<Observation> more) {
    return check(id, "C-01", ResourceKind.NAMESPACE, List.of(), more);
  }

  private static CheckDefinition podCheck(
      String id, List<String> follows, UnaryOperator<Observation> more) {
    return check(id, "E-01", ResourceKind.POD, follows, more);
  }

  private static CheckDefinition check(
      String id,
      String code,
      ResourceKind kind,
      List<String> follows,
      UnaryOperator<Observation> more) {
    return new CheckDefinition(
        id,
        List.of(code),
        "Test",
        Severity.ERROR,
        List.of(kind),
        List.of(),
        "",
        "Why.\n\n## Fix\n\nThis.\n",
        mesh -> mesh.all(kind).stream().map(r -> more.apply(Observation.of(r, "is here"))).toList(),
        false,
        follows);
  }
}
