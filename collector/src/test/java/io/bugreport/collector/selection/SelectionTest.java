package io.bugreport.collector.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

/// The worked examples of istioctl's help, each with what the help promises.
class SelectionTest {
  private static final List<String> NONE = List.of();

  @Test
  void twoNamespaces() {
    var selection = Selection.of(List.of("ns1,ns2"), NONE);

    assertThat(selection.takes(pod("ns1", "a"))).isTrue();
    assertThat(selection.takes(pod("ns2", "b"))).isTrue();
    assertThat(selection.takes(pod("ns3", "c"))).isFalse();
  }

  @Test
  void aNamespaceAndSomeWorkloadsOfAnother() {
    var selection = Selection.of(List.of("istio-system", "default/product*"), NONE);

    assertThat(selection.takes(owned("istio-system", "istiod", "istiod-1"))).isTrue();
    assertThat(selection.takes(owned("default", "productpage-v1", "productpage-v1-x"))).isTrue();
    assertThat(selection.takes(owned("default", "reviews-v1", "reviews-v1-x"))).isFalse();
  }

  @Test
  void eitherOfTwoWorkloads() {
    var selection = Selection.of(List.of("ns1/dep1", "ns2/dep2"), NONE);

    assertThat(selection.takes(owned("ns1", "dep1", "p"))).isTrue();
    assertThat(selection.takes(owned("ns2", "dep2", "p"))).isTrue();
    assertThat(selection.takes(owned("ns1", "dep2", "p"))).isFalse();
  }

  @Test
  void theWorkloadMayBeOfAnyKind() {
    var selection = Selection.of(List.of("istio-system/ztunnel"), NONE);

    assertThat(selection.takes(owned("istio-system", "ztunnel", "ztunnel-abcde"))).isTrue();
  }

  @Test
  void podsWithALabelInNamespacesByWildcard() {
    var selection = Selection.of(List.of("n*//p*/l=v*"), NONE);

    assertThat(selection.takes(labelled("n1", "p1", Map.of("l", "v1")))).isTrue();
    assertThat(selection.takes(labelled("n1", "p1", Map.of("l", "x")))).isFalse();
    assertThat(selection.takes(labelled("n1", "q1", Map.of("l", "v1")))).isFalse();
    assertThat(selection.takes(labelled("m1", "p1", Map.of("l", "v1")))).isFalse();
  }

  @Test
  void excludingOnePodLeavesItsNeighbours() {
    var selection = Selection.of(NONE, List.of("ns1//pod1"));

    assertThat(selection.takes(pod("ns1", "pod1"))).isFalse();
    assertThat(selection.takes(pod("ns1", "pod2"))).isTrue();
    assertThat(selection.takes(pod("ns1", "pod10"))).isTrue();
    assertThat(selection.takes(pod("ns2", "pod1"))).isTrue();
  }

  @Test
  void excludingANamespaceLeavesThoseThatContainItsName() {
    var selection = Selection.of(NONE, List.of("prod"));

    assertThat(selection.takes(pod("prod", "p"))).isFalse();
    assertThat(selection.takes(pod("preprod", "p"))).isTrue();
    assertThat(selection.takes(pod("production", "p"))).isTrue();
  }

  @Test
  void excludingAPodInAnyNamespace() {
    assertThat(Selection.of(NONE, List.of("//pod1*")).takes(pod("any", "pod12"))).isFalse();
  }

  @Test
  void systemNamespacesAreLeftOutUnlessNamed() {
    assertThat(Selection.everything().takes(pod("kube-system", "coredns"))).isFalse();
    assertThat(Selection.everything().takes(pod("my-kube-system", "p"))).isTrue();
    assertThat(Selection.of(List.of("kube-*"), NONE).takes(pod("kube-system", "coredns")))
        .isFalse();
    assertThat(Selection.of(List.of("kube-system"), NONE).takes(pod("kube-system", "coredns")))
        .isTrue();
  }

  @Test
  void excludeBeatsInclude() {
    var selection = Selection.of(List.of("ns1"), List.of("ns1//pod1"));

    assertThat(selection.takes(pod("ns1", "pod1"))).isFalse();
    assertThat(selection.takes(pod("ns1", "pod2"))).isTrue();
  }

  @Test
  void aQuestionMarkStandsForOneCharacter() {
    var selection = Selection.of(List.of("foo?"), NONE);

    assertThat(selection.takes(pod("foo1", "p"))).isTrue();
    assertThat(selection.takes(pod("foo", "p"))).isFalse();
  }

  @Test
  void aLabelByItsKeyAlone() {
    var selection = Selection.of(List.of("test-namespace/*/*/private"), NONE);

    assertThat(selection.takes(labelled("test-namespace", "p", Map.of("private", "")))).isTrue();
    assertThat(selection.takes(labelled("test-namespace", "p", Map.of()))).isFalse();
  }

  @Test
  void aLabelWhoseKeyHoldsASlash() {
    var selection = Selection.of(List.of("///app.kubernetes.io\\/name=web"), NONE);

    assertThat(selection.takes(labelled("n", "p", Map.of("app.kubernetes.io/name", "web"))))
        .isTrue();
  }

  @Test
  void tooManyPartsAreExplained() {
    assertThatThrownBy(() -> Selection.of(List.of("a/b/c/d/e/f/g"), NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("has 7 parts, at most six are known");
  }

  @Property
  void aLiteralNameMatchesItselfAlone(
      @ForAll @AlphaChars @StringLength(min = 1, max = 20) String name,
      @ForAll @AlphaChars @StringLength(min = 1, max = 20) String other) {
    assertThat(new Glob(name).matches(other)).isEqualTo(name.equals(other));
    assertThat(new Glob("*" + name + "*").matches(other)).isEqualTo(other.contains(name));
  }

  private static Candidate pod(String namespace, String name) {
    return owned(namespace, "", name);
  }

  private static Candidate owned(String namespace, String workload, String name) {
    return new Candidate(
        namespace,
        "Deployment",
        workload,
        name,
        Role.SIDECAR,
        Map.of(),
        Map.of(),
        List.of("istio-proxy"));
  }

  private static Candidate labelled(String namespace, String name, Map<String, String> labels) {
    return new Candidate(namespace, "Pod", "", name, Role.PLAIN, labels, Map.of(), List.of("app"));
  }
}
