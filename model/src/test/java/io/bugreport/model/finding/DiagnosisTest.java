package io.bugreport.model.finding;

import static org.assertj.core.api.Assertions.assertThat;

import io.bugreport.model.finding.Conclusion.Found;
import io.bugreport.model.resource.ResourceId;
import java.util.List;
import org.junit.jupiter.api.Test;

class DiagnosisTest {
  private static final ResourceId CART = new ResourceId("west", "", "Service", "shop", "cart");

  @Test
  void whatTwoChecksSayOfOnePlaceIsSaidOnceByTheWorstOfThem() {
    var mild = finding("a-check", Severity.WARNING, 4);
    var bad = finding("b-check", Severity.ERROR, 4);

    assertThat(diagnosis(mild, bad).findings()).containsExactly(bad);
    assertThat(diagnosis(bad, mild).findings()).containsExactly(bad);
  }

  @Test
  void theFirstCheckByNameSaysItWhereBothAreAsBad() {
    var one = finding("a-check", Severity.ERROR, 4);
    var other = finding("b-check", Severity.ERROR, 4);

    assertThat(diagnosis(other, one).findings()).containsExactly(one);
  }

  @Test
  void theSameWordsAboutTwoPlacesAreTwoFindings() {
    assertThat(
            diagnosis(finding("a-check", Severity.ERROR, 4), finding("b-check", Severity.ERROR, 9))
                .findings())
        .hasSize(2);
  }

  private static Diagnosis diagnosis(Finding... findings) {
    return new Diagnosis(
        List.of(findings).stream()
            .map(f -> (Conclusion) new Found(f.check(), List.of(f), List.of()))
            .toList());
  }

  private static Finding finding(String check, Severity severity, int line) {
    return new Finding(
        "T-01",
        check,
        severity,
        "Test",
        "No pod has the labels app=cart.",
        CART,
        List.of(),
        List.of(new Evidence("shop.yaml", line, "spec", line, List.of("spec:"))),
        "",
        "",
        null);
  }
}
