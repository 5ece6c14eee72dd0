package io.bugreport.app;

import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads a duration as kubectl writes it: `90s`, `30m`, `1h30m`, `2d`.
final class DurationText implements ITypeConverter<Duration> {
  private static final Pattern WHOLE =
      Pattern.compile("(?:(\\d{1,9})d)?(?:(\\d{1,9})h)?(?:(\\d{1,9})m)?(?:(\\d{1,9})s)?");

  @Override
  public Duration convert(String text) {
    var matcher = WHOLE.matcher(text);
    if (text.isEmpty() || !matcher.matches()) {
      throw new TypeConversionException(
          "\"" + text + "\" is no duration; write it like 90s, 30m, 1h30m or 2d");
    }
    var duration =
        Duration.ofDays(number(matcher.group(1)))
            .plusHours(number(matcher.group(2)))
            .plusMinutes(number(matcher.group(3)))
            .plusSeconds(number(matcher.group(4)));
    if (duration.isZero()) {
      throw new TypeConversionException("\"" + text + "\" is no time at all; give at least 1s");
    }
    return duration;
  }

  private static long number(@Nullable String digits) {
    return digits == null ? 0 : Long.parseLong(digits);
  }
}
