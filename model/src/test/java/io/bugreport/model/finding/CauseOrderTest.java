package io.bugreport.model.finding;

import static org.assertj.core.api.Assertions.assertThat;

import io.bugreport.model.resource.ResourceId;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CauseOrderTest {

  @Test
  void aCauseIsAsBadAsTheWorstThatFollowsFromIt() {
    assertThat(
            order(
                finding("A-01", Severity.ERROR, null),
                finding("B-01", Severity.CRITICAL, "C-01 Pod shop/x"),
                finding("C-01", Severity.WARNING, null)))
        .containsExactly("C-01", "B-01", "A-01");
  }

  @Test
  void whatExplainsMoreComesFirst() {
    assertThat(
            order(
                finding("A-01", Severity.ERROR, null),
                finding("B-01", Severity.ERROR, null),
                finding("C-01", Severity.ERROR, "B-01 Pod shop/x")))
        .containsExactly("B-01", "C-01", "A-01");
  }

  @Test
  void anEffectOfUnknownCauseComesAfterCausesThatAreAsBad() {
    assertThat(
            order(
                finding("EFF-01", Severity.ERROR, null),
                finding("X-01", Severity.ERROR, null),
                finding("Y-01", Severity.WARNING, null)))
        .containsExactly("X-01", "EFF-01", "Y-01");
  }

  @Test
  void aGroupThatIsNotThereLosesNothing() {
    assertThat(order(finding("A-01", Severity.INFO, "Z-99 Pod shop/x"))).containsExactly("A-01");
  }

  private static List<String> order(Finding... findings) {
    return CauseOrder.of(
            List.of(findings).stream().sorted(Finding.ORDER).toList(), Set.of("check-EFF-01"))
        .stream()
        .map(Finding::code)
        .toList();
  }

  private static Finding finding(String code, Severity severity, @Nullable String group) {
    return new Finding(
        code,
        "check-" + code,
        severity,
        "Title",
        "message",
        new ResourceId("", "", "Pod", "shop", "x"),
        List.of(),
        List.of(),
        "",
        "",
        group);
  }
}
