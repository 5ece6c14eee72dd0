package io.bugreport.app.serve.api;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/// How old things were when the snapshot was taken, in kubectl's short words: `5m10s`, `3d4h`.
record Ages(Instant now) {

  /// The age of an RFC 3339 time, or `<unknown>`.
  String since(String time) {
    return parse(time).map(then -> words(Duration.between(then, now))).orElse("<unknown>");
  }

  static Optional<Instant> parse(String time) {
    try {
      return Optional.of(OffsetDateTime.parse(time).toInstant());
    } catch (DateTimeParseException _) {
      return Optional.empty();
    }
  }

  /// The two largest units, as far as they matter.
  static String words(Duration age) {
    var seconds = age.toSeconds();
    if (seconds < -1) {
      return "<invalid>";
    }
    var minutes = age.toMinutes();
    var hours = age.toHours();
    var days = age.toDays();
    if (seconds < 120) {
      return Math.max(0, seconds) + "s";
    }
    if (minutes < 10) {
      return two(minutes, "m", seconds % 60, "s");
    }
    if (hours < 3) {
      return minutes + "m";
    }
    if (hours < 8) {
      return two(hours, "h", minutes % 60, "m");
    }
    if (hours < 48) {
      return hours + "h";
    }
    if (days < 8) {
      return two(days, "d", hours % 24, "h");
    }
    if (days < 2 * 365) {
      return days + "d";
    }
    return days < 8 * 365 ? two(days / 365, "y", days % 365, "d") : days / 365 + "y";
  }

  private static String two(long large, String unit, long small, String smallUnit) {
    return large + unit + (small == 0 ? "" : small + smallUnit);
  }
}
