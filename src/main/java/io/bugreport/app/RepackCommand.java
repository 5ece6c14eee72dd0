package io.bugreport.app;

import io.bugreport.app.pack.IdentityFlag;
import io.bugreport.app.pack.Repacking;
import io.bugreport.model.archive.ArchiveFormat;
import io.bugreport.model.check.CheckRunner;
import io.bugreport.model.finding.Diagnosis;
import io.bugreport.model.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/// Writes an archive anew, smaller or otherwise packed.
@Command(
    name = "repack",
    header = "Make an archive smaller, cut it into parts, sign it, or encrypt it.",
    description = {
      "Writes a new archive; the old one stays as it is. It may also be another tool's, which then",
      "becomes one of bug-report."
    },
    footer = {
      "",
      "Examples:",
      "  bug-report repack big.tar.gz --max-size 25MB -o small.tar.gz",
      "  bug-report repack big.tar.gz --split 10MB -o parts.tar.gz",
      "  bug-report repack big.tar.gz --sign ~/.ssh/id_ed25519 --encrypt-to age1… -o a.tar.gz.age",
      "  bug-report repack must-gather.tar.gz --format tar.zst -o ours.tar.zst"
    })
final class RepackCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @ParentCommand private Main main;

  @Mixin private PluginFlags plugins;

  @Mixin private PackFlags pack;

  @Mixin private IdentityFlag identity;

  @Parameters(paramLabel = "ARCHIVE", description = "An archive, its first part, or its folder.")
  private Path archive;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      required = true,
      description = "The new archive; its ending tells the format.")
  private Path output;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "tar.gz (default), tar.zst or dir.",
      converter = FormatText.class)
  private @Nullable ArchiveFormat format;

  @Override
  public Integer call() throws IOException {
    var packing = pack.packing(format());
    var catalogue = plugins.catalogue(main);
    List<Path> made;
    try (var snapshot =
        Snapshot.open(archive, main.surroundings().clock().instant(), identity.identities())) {
      if (snapshot.archive().isSealed() && packing.recipients().isEmpty()) {
        throw new Failure(
            archive + " is encrypted, and the new archive would lie in plain text",
            "Give --encrypt-to, or decrypt it yourself: age -d");
      }
      // Only what has to become smaller has to be checked, to know what findings rest on.
      var diagnosis =
          packing.isLimited() ? new CheckRunner(snapshot).run(catalogue) : new Diagnosis(List.of());
      var leftOut =
          new Repacking(snapshot, diagnosis, catalogue, Version.number())
              .write(output, root(), packing);
      made = pack.split(output);
      var err = spec.commandLine().getErr();
      leftOut.ifPresent(what -> err.println(what.sentence()));
      err.flush();
    } catch (FileAlreadyExistsException e) {
      throw new Failure(e.getFile() + " is there already", "Name another file with --output.");
    }
    var out = spec.commandLine().getOut();
    made.forEach(out::println);
    out.flush();
    return ExitCode.DONE.number();
  }

  private ArchiveFormat format() {
    if (format != null) {
      return format;
    }
    return output.toString().endsWith(ArchiveFormat.TAR_ZST.suffix())
        ? ArchiveFormat.TAR_ZST
        : ArchiveFormat.TAR_GZ;
  }

  private String root() {
    return String.valueOf(output.toAbsolutePath().normalize().getFileName())
        .replaceFirst("(\\.tar\\.gz|\\.tgz|\\.tar\\.zst)?(\\.age)?$", "");
  }
}
