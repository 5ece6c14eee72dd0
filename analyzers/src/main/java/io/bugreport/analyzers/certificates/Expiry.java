package io.bugreport.analyzers.certificates;

import io.bugreport.model.finding.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/// When an expiry is worth a finding: the only place that knows the thresholds.
final class Expiry {
  /// A root or intermediate has to be replaced on every workload, which takes planning.
  static final Duration AUTHORITY_WARNING = Duration.ofDays(30);

  static final Duration AUTHORITY_ERROR = Duration.ofDays(7);

  /// Agents renew at half of a certificate's life. With less than a tenth of it left they have
  /// failed to for long.
  static final int PARTS_LEFT = 10;

  private Expiry() {}

  /// How bad the expiry of an authority's certificate is, if at all.
  static Optional<Severity> ofAuthority(Instant until, Instant now) {
    if (until.isBefore(now)) {
      return Optional.of(Severity.CRITICAL);
    }
    var left = Duration.between(now, until);
    if (left.compareTo(AUTHORITY_ERROR) < 0) {
      return Optional.of(Severity.ERROR);
    }
    return left.compareTo(AUTHORITY_WARNING) < 0 ? Optional.of(Severity.WARNING) : Optional.empty();
  }

  /// How bad the expiry of a proxy's own certificate is, if at all.
  static Optional<Severity> ofProxy(Instant from, Instant until, Instant now) {
    if (until.isBefore(now)) {
      return Optional.of(Severity.ERROR);
    }
    var left = Duration.between(now, until);
    var tenth = Duration.between(from, until).dividedBy(PARTS_LEFT);
    return left.compareTo(tenth) < 0 ? Optional.of(Severity.WARNING) : Optional.empty();
  }

  /// As in `expired 3 days ago, on 2026-11-21T00:00:00Z`.
  static String text(Instant until, Instant now) {
    var distance = distance(Duration.between(now, until).abs());
    return until.isBefore(now)
        ? "expired " + distance + " ago, on " + until
        : "expires in " + distance + ", on " + until;
  }

  private static String distance(Duration duration) {
    if (duration.toDays() >= 2) {
      return duration.toDays() + " days";
    }
    return duration.toHours() >= 2
        ? duration.toHours() + " hours"
        : duration.toMinutes() + " minutes";
  }

  /// What findings about one certificate have in common.
  ///
  /// @param serial its serial number, hexadecimal
  static String tie(String cluster, String serial) {
    return "certificate " + cluster + " " + serial.toLowerCase(Locale.ROOT).replaceFirst("^0+", "");
  }
}
