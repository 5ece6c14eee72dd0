package io.bugreport.app;

import io.bugreport.app.collect.Destination;
import io.bugreport.model.archive.ArchiveFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Where an archive goes, and in which form.
final class OutputFlags {
  private static final Path STANDARD_OUTPUT = Path.of("-");

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description =
          "The archive's file; its ending tells the format. - is standard output, which then gets"
              + " nothing else.")
  @Nullable Path file;

  @Option(
      names = "--output-dir",
      paramLabel = "DIR",
      description = "Where the archive is made, under a name of its own (default: this folder).")
  @Nullable Path folder;

  @Option(names = "--force", description = "Replace the files that --output names.")
  boolean force;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description =
          "tar.gz (default), which is read in place; tar.zst, which is the smallest; or dir.",
      converter = FormatText.class)
  @Nullable ArchiveFormat format;

  boolean isStandardOutput() {
    return STANDARD_OUTPUT.equals(file);
  }

  /// Where the archive is written.
  ///
  /// @param pack how it is packed
  /// @param onTerminal whether standard output is a terminal
  Destination destination(PackFlags pack, boolean onTerminal) throws IOException {
    check(onTerminal);
    if (isStandardOutput() && pack.split != null) {
      throw new Failure("--split makes several files, and standard output is one", "Name a file.");
    }
    var packing = pack.packing(format());
    if (file == null || isStandardOutput()) {
      return new Destination(folder == null ? Path.of("") : folder, null, packing, false);
    }
    if (force && Files.isDirectory(file)) {
      throw new Failure(
          file + " is a folder, and --force replaces files only",
          "Remove it, or name another place.");
    }
    var parent = file.getParent();
    return new Destination(parent == null ? Path.of("") : parent, file, packing, force);
  }

  private void check(boolean onTerminal) {
    if (file != null && folder != null && !isStandardOutput()) {
      throw new Failure(
          "--output and --output-dir both say where the archive goes", "Give one of the two.");
    }
    if (force && (file == null || isStandardOutput())) {
      throw new Failure(
          "--force is for the file that --output names", "Name one, or leave it out.");
    }
    if (isStandardOutput() && format() == ArchiveFormat.DIRECTORY) {
      throw new Failure(
          "a folder cannot be written to standard output", "Use --format tar.gz or tar.zst.");
    }
    if (isStandardOutput() && onTerminal) {
      throw new Failure(
          "an archive is nothing for a terminal",
          "Send standard output elsewhere, as in: bug-report -o - | ssh host 'cat >"
              + " report.tar.gz'");
    }
  }

  private ArchiveFormat format() {
    if (format != null) {
      return format;
    }
    return file != null && file.toString().endsWith(ArchiveFormat.TAR_ZST.suffix())
        ? ArchiveFormat.TAR_ZST
        : ArchiveFormat.TAR_GZ;
  }
}
