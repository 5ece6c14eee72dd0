package io.bugreport.analyzers.certificates;

import static org.assertj.core.api.Assertions.assertThat;

import io.bugreport.model.finding.Severity;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ExpiryTest {
  private static final Instant NOW = Instant.parse("2026-11-24T00:00:00Z");
  private static final Duration MOMENT = Duration.ofSeconds(1);

  @Test
  void anAuthorityIsCriticalOnceItsLastMomentHasPassed() {
    assertThat(Expiry.ofAuthority(NOW.minus(MOMENT), NOW)).contains(Severity.CRITICAL);
    assertThat(Expiry.ofAuthority(NOW, NOW)).contains(Severity.ERROR);
  }

  @Test
  void anAuthorityIsAnErrorInItsLastSevenDays() {
    var edge = NOW.plus(Expiry.AUTHORITY_ERROR);
    assertThat(Expiry.ofAuthority(edge.minus(MOMENT), NOW)).contains(Severity.ERROR);
    assertThat(Expiry.ofAuthority(edge, NOW)).contains(Severity.WARNING);
  }

  @Test
  void anAuthorityIsAWarningInItsLastThirtyDays() {
    var edge = NOW.plus(Expiry.AUTHORITY_WARNING);
    assertThat(Expiry.ofAuthority(edge.minus(MOMENT), NOW)).contains(Severity.WARNING);
    assertThat(Expiry.ofAuthority(edge, NOW)).isEmpty();
  }

  @Test
  void rotationIsStalledInTheLastTenthOfALife() {
    var from = NOW.minus(Duration.ofHours(9));
    var until = NOW.plus(Duration.ofHours(1));
    assertThat(Expiry.ofProxy(from, until, NOW)).isEmpty();
    assertThat(Expiry.ofProxy(from, until, NOW.plus(MOMENT))).contains(Severity.WARNING);
  }

  @Test
  void aProxysCertificateIsAnErrorOnceItsLastMomentHasPassed() {
    var from = NOW.minus(Duration.ofHours(10));
    assertThat(Expiry.ofProxy(from, NOW, NOW)).contains(Severity.WARNING);
    assertThat(Expiry.ofProxy(from, NOW, NOW.plus(MOMENT))).contains(Severity.ERROR);
  }
}
