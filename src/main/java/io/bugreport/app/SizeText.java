package io.bugreport.app;

import io.bugreport.report.PageOptions;
import java.util.Locale;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads a page's size: `500kB`, `5MB`, `5MiB`, or a number of bytes.
final class SizeText implements ITypeConverter<Long> {
  private static final Pattern SIZE = Pattern.compile("(\\d{1,12})\\s*(b|kb|kib|mb|mib|)");

  @Override
  public Long convert(String text) {
    var size = SIZE.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!size.matches()) {
      throw new TypeConversionException(
          "\"" + text + "\" is no size: write 5MB, 500kB or a number of bytes");
    }
    var bytes = Long.parseLong(size.group(1)) * unit(size.group(2));
    if (bytes < PageOptions.LEAST_BYTES) {
      throw new TypeConversionException(
          "\""
              + text
              + "\" is too small for a page: at least "
              + PageOptions.LEAST_BYTES / 1000
              + "kB");
    }
    return bytes;
  }

  private static long unit(String word) {
    return switch (word) {
      case "kb" -> 1_000;
      case "kib" -> 1L << 10;
      case "mb" -> 1_000_000;
      case "mib" -> 1L << 20;
      default -> 1;
    };
  }
}
