package io.bugreport.app;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads a number of bytes as Kubernetes writes it: `500k`, `10M`, `50Mi`, `2Gi`.
final class SizeText implements ITypeConverter<Long> {
  private static final Pattern WHOLE = Pattern.compile("(\\d{1,12})(?:([kmg])(i)?)?b?");

  @Override
  public Long convert(String text) {
    var matcher = WHOLE.matcher(text.toLowerCase(Locale.ROOT));
    var size = matcher.matches() ? size(matcher.group(1), matcher.group(2), matcher.group(3)) : 0;
    if (size <= 0) {
      throw new TypeConversionException(
          "\"" + text + "\" is no size; write it like 500k, 10M, 50Mi or 2Gi");
    }
    return size;
  }

  private static long size(String digits, @Nullable String unit, @Nullable String binary) {
    var step = binary == null ? 1000L : 1024L;
    var power = unit == null ? 0 : "kmg".indexOf(unit) + 1;
    var size = Long.parseLong(digits);
    for (var i = 0; i < power; i++) {
      size = size > Long.MAX_VALUE / step ? Long.MAX_VALUE : size * step;
    }
    return size;
  }
}
