package io.bugreport.report.view;

import io.bugreport.model.finding.Conclusion.Gap;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Numbers, times and lists as all reports write them, the same in every language and time zone.
public final class Wording {
  private static final DateTimeFormatter DATE_TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final int NAMED = 3;

  private Wording() {}

  /// `1,204`.
  public static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /// `1 object`, `2 objects`.
  public static String count(long number, String noun) {
    return number(number) + " " + noun + (number == 1 ? "" : "s");
  }

  /// `1.5 MB`, in powers of ten.
  public static String bytes(long bytes) {
    if (bytes < 1000) {
      return bytes + " B";
    }
    var units = List.of("kB", "MB", "GB", "TB");
    var value = bytes / 1000.0;
    var unit = 0;
    while (value >= 999.95 && unit < units.size() - 1) {
      value /= 1000;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f %s", value, units.get(unit));
  }

  /// `2026-11-24 07:30:00`, in UTC.
  public static String time(Instant time) {
    return DATE_TIME.format(time);
  }

  /// `2026-11-24 07:30:00 – 07:32:10 UTC`.
  public static String span(Instant from, Instant to) {
    if (from.equals(to)) {
      return time(from) + " UTC";
    }
    var sameDay = from.truncatedTo(ChronoUnit.DAYS).equals(to.truncatedTo(ChronoUnit.DAYS));
    return time(from) + " – " + (sameDay ? TIME.format(to) : time(to)) + " UTC";
  }

  /// The first three, and how many more there are.
  public static String some(List<String> all) {
    var shown = all.stream().limit(NAMED).collect(Collectors.joining(", "));
    return all.size() <= NAMED ? shown : shown + " and " + number(all.size() - NAMED) + " more";
  }

  /// The first three gaps with their reasons.
  public static String gaps(List<Gap> gaps) {
    var shown =
        gaps.stream()
            .limit(NAMED)
            .map(gap -> gap.what() + " (" + gap.why() + ")")
            .collect(Collectors.joining("; "));
    return gaps.size() <= NAMED ? shown : shown + "; and " + number(gaps.size() - NAMED) + " more";
  }

  /// At most so many characters, with an ellipsis where some are left out.
  public static String cut(String text, int length) {
    if (text.length() <= length) {
      return text;
    }
    var end = Character.isHighSurrogate(text.charAt(length - 2)) ? length - 2 : length - 1;
    return text.substring(0, end) + "…";
  }
}
