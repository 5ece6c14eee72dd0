package io.bugreport.collector.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a run is about, by all flags together.
class ScopeTest {
  private static final Candidate ISTIOD = pod("istio-system", "istiod", Role.ISTIOD);
  private static final Candidate GATEWAY = pod("edge", "ingress", Role.GATEWAY);
  private static final Candidate REVIEWS = pod("bookinfo", "reviews", Role.SIDECAR);
  private static final Candidate RATINGS = pod("bookinfo", "ratings", Role.SIDECAR);
  private static final Candidate DNS = pod("kube-system", "coredns", Role.PLAIN);

  @Test
  void aWorkloadComesWithTheControlPlaneAndTheGateways() {
    var scope = scope(List.of("bookinfo/deploy/reviews"), Set.of(), true);

    assertThat(scope.takes(REVIEWS)).isTrue();
    assertThat(scope.takes(RATINGS)).isFalse();
    assertThat(scope.takes(ISTIOD)).isTrue();
    assertThat(scope.takes(GATEWAY)).isTrue();
  }

  @Test
  void withoutTheControlPlaneOnlyWhatIsSelectedIsTaken() {
    var scope = scope(List.of("deploy/reviews"), Set.of(), false);

    assertThat(scope.takes(REVIEWS)).isTrue();
    assertThat(scope.takes(ISTIOD)).isFalse();
  }

  @Test
  void aRoleTakesItsPodsAndIstiod() {
    var scope = scope(List.of(), Set.of(Role.GATEWAY), true);

    assertThat(scope.takes(GATEWAY)).isTrue();
    assertThat(scope.takes(ISTIOD)).isTrue();
    assertThat(scope.takes(REVIEWS)).isFalse();
  }

  @Test
  void anExcludeBeatsEvenTheControlPlane() {
    var scope = with(Selection.of(List.of(), List.of("istio-system")), new TreeSet<>(), false);

    assertThat(scope.takes(ISTIOD)).isFalse();
    assertThat(scope.takesObjectsOf("istio-system")).isFalse();
    assertThat(scope.takes(REVIEWS)).isTrue();
  }

  @Test
  void systemNamespacesAreTakenWhenNamedOrWithAll() {
    assertThat(Scope.everything().takes(DNS)).isFalse();
    assertThat(Scope.everything().in(new TreeSet<>(List.of("kube-system"))).takes(DNS)).isTrue();
    assertThat(with(Selection.everything(), new TreeSet<>(), true).takes(DNS)).isTrue();
  }

  @Test
  void objectsComeFromTheNamespacesOfTheRunAndFromTheControlPlanes() {
    var scope =
        with(Selection.of(List.of("book*"), List.of("bookkeeping")), new TreeSet<>(), false);

    assertThat(scope.takesObjectsOf("bookinfo")).isTrue();
    assertThat(scope.takesObjectsOf("istio-system")).isTrue();
    assertThat(scope.takesObjectsOf("bookkeeping")).isFalse();
    assertThat(scope.takesObjectsOf("other")).isFalse();
    assertThat(scope.namespacesToList()).as("a wildcard needs the whole cluster").isEmpty();
  }

  @Test
  void excludingOnePodKeepsTheObjectsOfItsNamespace() {
    var scope = with(Selection.of(List.of(), List.of("bookinfo//p")), new TreeSet<>(), false);

    assertThat(scope.takesObjectsOf("bookinfo")).isTrue();
  }

  @Test
  void namedNamespacesAreListedOneByOne() {
    assertThat(Scope.everything().in(new TreeSet<>(List.of("bookinfo"))).namespacesToList())
        .containsExactly("bookinfo", "istio-system");
    assertThat(
            with(Selection.of(List.of("ns1,ns2"), List.of()), new TreeSet<>(), false)
                .namespacesToList())
        .containsExactly("istio-system", "ns1", "ns2");
    assertThat(scope(List.of("bookinfo/deploy/reviews"), Set.of(), false).namespacesToList())
        .containsExactly("bookinfo");
    assertThat(scope(List.of("deploy/reviews"), Set.of(), true).namespacesToList()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "deploy/reviews, true",
    "deployments/rev*, true",
    "bookinfo/deploy/reviews, true",
    "other/deploy/reviews, false",
    "sts/reviews, false",
    "pod/reviews-1, true",
    "pod/reviews, false",
    "deploy/review, false"
  })
  void workloadsAreNamedAsInKubectl(String name, boolean taken) {
    assertThat(WorkloadName.parse(name).matches(REVIEWS)).isEqualTo(taken);
  }

  @ParameterizedTest
  @ValueSource(strings = {"reviews", "a/b/c/d", "gizmo/reviews", "deploy/", "/deploy/x"})
  void whatIsNoWorkloadIsExplained(String name) {
    assertThatThrownBy(() -> WorkloadName.parse(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("write deploy/reviews");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "app=web | true",
        "app==web,tier!=db | true",
        "app in (db, web) | true",
        "app notin (web) | false",
        "app | true",
        "!app | false",
        "canary | false",
        "!canary,app=web | true",
        "example.com/team=a | true"
      })
  void labelSelectorsAreKubectls(String selector, boolean matches) {
    var labels = Map.of("app", "web", "example.com/team", "a");

    assertThat(LabelSelector.parse(selector).matches(labels)).isEqualTo(matches);
  }

  @Test
  void whatIsNoLabelSelectorIsExplained() {
    assertThatThrownBy(() -> LabelSelector.parse("app=web=x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is no label selector");
  }

  private static Scope scope(List<String> workloads, Set<Role> roles, boolean infrastructure) {
    return new Scope(
        new TreeSet<>(),
        false,
        Selection.everything(),
        LabelSelector.any(),
        workloads.stream().map(WorkloadName::parse).toList(),
        roles.isEmpty() ? EnumSet.noneOf(Role.class) : EnumSet.copyOf(roles),
        0,
        infrastructure,
        true,
        true,
        "istio-system");
  }

  private static Scope with(Selection selection, SequencedSet<String> namespaces, boolean system) {
    return new Scope(
        namespaces,
        system,
        selection,
        LabelSelector.any(),
        List.of(),
        Set.of(),
        0,
        true,
        true,
        true,
        "istio-system");
  }

  private static Candidate pod(String namespace, String workload, Role role) {
    return new Candidate(
        namespace,
        "Deployment",
        workload,
        workload + "-1",
        role,
        Map.of(),
        Map.of(),
        List.of("istio-proxy"));
  }
}
