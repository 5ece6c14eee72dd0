package io.bugreport.app;

import io.bugreport.model.archive.ArchiveFormat;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads the value of `--format`.
final class FormatText implements ITypeConverter<ArchiveFormat> {
  @Override
  public ArchiveFormat convert(String text) {
    return switch (text) {
      case "tar.gz", "tgz" -> ArchiveFormat.TAR_GZ;
      case "tar.zst", "tzst" -> ArchiveFormat.TAR_ZST;
      case "dir" -> ArchiveFormat.DIRECTORY;
      default ->
          throw new TypeConversionException(
              "\"" + text + "\" is no format; known are tar.gz, tar.zst and dir");
    };
  }
}
