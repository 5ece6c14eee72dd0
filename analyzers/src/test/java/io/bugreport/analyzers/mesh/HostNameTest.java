package io.bugreport.analyzers.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostNameTest {

  @ParameterizedTest
  @CsvSource({
    "a.foo.com, a.foo.com, true",
    "*.foo.com, a.foo.com, true",
    "*.foo.com, a.b.foo.com, true",
    "*.foo.com, foo.com, false",
    "*.foo.com, *.b.foo.com, true",
    "*.foo.com, *.bar.com, false",
    "*, anything.example.com, true",
    "a.foo.com, b.foo.com, false"
  })
  void overlapIsTheSameBothWays(String one, String other, boolean overlap) {
    assertThat(HostName.overlap(one, other)).isEqualTo(overlap);
    assertThat(HostName.overlap(other, one)).isEqualTo(overlap);
  }
}
