package io.bugreport.analyzers.mesh;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// How old something is at the time of the snapshot.
public final class Age {
  private Age() {}

  /// The time since an RFC 3339 time; empty where the text is none.
  public static Optional<Duration> of(String time, Instant now) {
    try {
      return Optional.of(Duration.between(Instant.parse(time), now));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  /// Whether it is at least this old. What has no time is of unknown age, and is not.
  public static boolean isAtLeast(Duration age, String time, Instant now) {
    return of(time, now).filter(a -> a.compareTo(age) >= 0).isPresent();
  }

  /// As in `3 days`, `5 hours` or `40 minutes`.
  public static String text(Duration age) {
    if (age.toDays() >= 2) {
      return age.toDays() + " days";
    }
    if (age.toHours() >= 2) {
      return age.toHours() + " hours";
    }
    return age.toMinutes() >= 2 ? age.toMinutes() + " minutes" : age.toSeconds() + " seconds";
  }
}
