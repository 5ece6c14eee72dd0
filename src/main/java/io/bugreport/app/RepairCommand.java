package io.bugreport.app;

import io.bugreport.app.pack.IdentityFlag;
import io.bugreport.model.archive.ArchiveFormat;
import io.bugreport.model.archive.ArchiveLimits;
import io.bugreport.model.archive.ArchiveReader;
import io.bugreport.model.archive.ArchiveWriter;
import io.bugreport.model.archive.Redaction;
import io.bugreport.model.seal.Recipients;
import io.bugreport.model.snapshot.Repair;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Saves what can be read of an archive.
@Command(
    name = "repair",
    header = "Make a whole archive of what a killed run, a full disk or a cut upload left.",
    description =
        "Copies every entry that can be read into a new archive, with the manifest and the index"
            + " that are missing. The old one stays as it is.",
    footer = {"", "Example:", "  bug-report repair bug-report-prod-20261124T071200Z.tar.gz"})
final class RepairCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "ARCHIVE", description = "An archive, or its folder.")
  private Path archive;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "The new archive (default: beside the old one, with -repaired in its name).")
  private @Nullable Path output;

  @Mixin private IdentityFlag identity;

  @Option(
      names = "--encrypt-to",
      paramLabel = "RECIPIENT",
      description = "Encrypt the new archive, as an encrypted one demands; may be given again.")
  private List<String> encryptTo = new ArrayList<>();

  @Override
  public Integer call() throws IOException {
    var target = output == null ? beside(archive) : output;
    refusePlainText();
    var recipients = encryptTo.isEmpty() ? Recipients.none() : Recipients.of(encryptTo);
    // The text was redacted when it was written first; a second time could only garble it.
    try (var source = ArchiveReader.open(archive, ArchiveLimits.standard(), identity.identities());
        var writer =
            ArchiveWriter.create(
                target,
                withoutSuffix(name(target)),
                ArchiveFormat.TAR_GZ,
                source.time().orElse(Files.getLastModifiedTime(archive).toInstant()),
                Redaction.none(),
                recipients)) {
      var repair =
          Repair.copy(
              source,
              writer,
              "bug-report " + Version.number(),
              Files.getLastModifiedTime(archive).toInstant());
      var err = spec.commandLine().getErr();
      repair
          .damaged()
          .forEach(d -> err.println("lost: " + Printable.text(d.path() + ": " + d.reason())));
      err.println(repair.kept() + " entries kept, " + repair.damaged().size() + " lost");
      err.flush();
      removeLeftOvers();
    } catch (FileAlreadyExistsException e) {
      throw new Failure(target + " is there already", "Name another file with --output.");
    }
    spec.commandLine().getOut().println(target);
    spec.commandLine().getOut().flush();
    return ExitCode.DONE.number();
  }

  /// What was encrypted does not come to lie in plain text.
  private void refusePlainText() throws IOException {
    var opened = identity.identities();
    if (!opened.isEmpty() && encryptTo.isEmpty()) {
      throw new Failure(
          archive + " is encrypted, and the new archive would lie in plain text",
          "Give --encrypt-to too, or decrypt it yourself: age -d");
    }
  }

  /// The run that wrote the archive may have left a folder beside it.
  private void removeLeftOvers() throws IOException {
    var folder = archive.toAbsolutePath().normalize().getParent();
    if (folder != null && Files.isWritable(folder)) {
      ArchiveWriter.removeLeftOvers(folder);
    }
  }

  private Path beside(Path archive) {
    var absolute = archive.toAbsolutePath().normalize();
    return absolute.resolveSibling(
        withoutSuffix(name(absolute)) + "-repaired.tar.gz" + (encryptTo.isEmpty() ? "" : ".age"));
  }

  private static String name(Path path) {
    return String.valueOf(path.toAbsolutePath().normalize().getFileName());
  }

  private static String withoutSuffix(String name) {
    return name.replaceFirst("\\.(tar\\.gz|tgz|tar\\.zst|zip)(\\.age)?$", "");
  }
}
