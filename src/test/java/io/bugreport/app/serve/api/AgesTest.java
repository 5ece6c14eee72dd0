package io.bugreport.app.serve.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgesTest {
  @ParameterizedTest
  @CsvSource({
    "PT119S, 119s",
    "PT2M, 2m",
    "PT5M10S, 5m10s",
    "PT59M, 59m",
    "PT3H5M, 3h5m",
    "PT20H, 20h",
    "P3DT4H, 3d4h",
    "P30D, 30d",
    "P800D, 2y70d",
    "P4000D, 10y",
    "PT-1M, <invalid>"
  })
  void areWrittenAsKubectlDoes(Duration age, String words) {
    assertThat(Ages.words(age)).isEqualTo(words);
  }
}
