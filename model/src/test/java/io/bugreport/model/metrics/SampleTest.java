package io.bugreport.model.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.bugreport.model.resource.Location;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SampleTest {
  private static final Location PLACE = new Location("metrics.txt", 1, 1, "");

  private static Sample sample(String line) {
    return Sample.parse(line, PLACE).orElseThrow();
  }

  @Test
  void aSampleHasItsLabelsInTheirOrder() {
    var sample = sample("pilot_xds_lds_reject{node=\"a-1.default\",err=\"Internal\"} 2");
    assertThat(sample.name()).isEqualTo("pilot_xds_lds_reject");
    assertThat(sample.labels()).containsEntry("err", "Internal").hasSize(2);
    assertThat(sample.value()).isEqualTo(2);
  }

  @Test
  void labelsMayHoldBracesQuotesAndBackslashes() {
    assertThat(sample("a{b=\"}\\\"\\\\\",c=\"1,2\"} 1").labels())
        .containsEntry("b", "}\"\\")
        .containsEntry("c", "1,2");
  }

  @Test
  void numbersAreAsGoWritesThem() {
    assertThat(sample("a 3.1535321312515e+08").value()).isEqualTo(315353213.12515);
    assertThat(sample("a{le=\"+Inf\"} +Inf").value()).isInfinite();
    assertThat(sample("a NaN 1700000000000").value()).isNaN();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "# HELP a b", "a", "a b", "a{b=\"c\" 1", "1a 1"})
  void whatIsNoSampleIsLeftOut(String line) {
    assertThat(Sample.parse(line, PLACE)).isEmpty();
  }
}
