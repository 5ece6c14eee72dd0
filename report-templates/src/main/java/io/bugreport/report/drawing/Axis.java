package io.bugreport.report.drawing;

import io.bugreport.report.timeline.Moment;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Time from left to right: what is older or later than the middle part stands at its sides.
///
/// @param from where the middle part begins
/// @param to where it ends: when the snapshot was taken
record Axis(Instant from, Instant to) {
  static final int EARLIER = 150;
  static final int LEFT = 204;
  static final int RIGHT = 928;
  static final int LATER = 968;

  private static final Duration LONGEST = Duration.ofHours(24);
  private static final List<Duration> SPANS =
      List.of(
          Duration.ofMinutes(30),
          Duration.ofHours(1),
          Duration.ofHours(3),
          Duration.ofHours(6),
          Duration.ofHours(12),
          LONGEST);
  private static final int TICKS = 6;
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

  /// A mark on the axis.
  record Tick(int x, String text) {}

  /// The shortest part that holds all trouble of the last day.
  static Axis of(List<Moment> moments, Instant now) {
    var longest = Duration.ZERO;
    for (var moment : moments) {
      var age = Duration.between(moment.time(), now);
      if (moment.lane().isTrouble() && age.compareTo(longest) > 0 && age.compareTo(LONGEST) <= 0) {
        longest = age;
      }
    }
    var needed = longest;
    var span = SPANS.stream().filter(s -> s.compareTo(needed) >= 0).findFirst().orElse(LONGEST);
    return new Axis(now.minus(span), now);
  }

  int x(Instant time) {
    if (time.isBefore(from)) {
      return EARLIER;
    }
    if (time.isAfter(to)) {
      return LATER;
    }
    return LEFT + (int) ((RIGHT - LEFT) * Duration.between(from, time).toMillis() / span());
  }

  private long span() {
    return Duration.between(from, to).toMillis();
  }

  List<Tick> ticks() {
    List<Tick> ticks = new ArrayList<>();
    for (var i = 0; i < TICKS; i++) {
      var time = from.plusMillis(span() * i / TICKS);
      ticks.add(new Tick(x(time), CLOCK.format(time)));
    }
    return ticks;
  }
}
